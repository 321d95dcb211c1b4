// What a compiled C library offers, and the C that calls it.
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import {
	type CLibrary,
	namesOffered,
	readCLibrary,
} from "../../src/types/c-library.ts";
import { readElf } from "../../src/types/elf-sections.ts";
import { elfSymbols, symbolType } from "../../src/types/elf-symbols.ts";

function compile(code: string): Uint8Array {
	const flags = ["-target", "bpf", "-O2", "-g", "-w", "-c", "-x", "c"];
	return execFileSync("clang", [...flags, "-o", "-", "-"], { input: code });
}

function read(object: Uint8Array, ...others: string[]): CLibrary | undefined {
	const names = new Set([...(namesOffered(object) ?? []), ...others]);
	const one = { path: "lib.bpf.c", object, kernelHeader: "" };
	return readCLibrary(one, names);
}

const library = read(
	compile(`
typedef unsigned long size_t;
struct pair { int a; };
enum color { RED };
typedef struct { int x; } wrapped;
static int inner(int x) { return x * 2; }
int __twice(int x) { return inner(x); }
size_t measure(const char *text, size_t most) { return most; }
struct pair *same(struct pair *p) { return p; }
int mix(enum color c, wrapped *w, _Bool b, int (*call)(int), char **texts) { return c; }
void nothing(void) {}
__attribute__((section("tp"))) int program(void *ctx) { return 0; }
`),
);

test("functions that can be called, and no others", () => {
	expect([...(library?.functions.keys() ?? [])].sort()).toEqual([
		"__twice",
		"measure",
		"mix",
		"nothing",
		"same",
	]);
});

test.each([
	["__twice", ["extern int library___twice(int );"]],
	[
		"measure",
		["extern unsigned long library_measure(char (*), unsigned long );"],
	],
	[
		"same",
		["struct pair;", "extern struct pair (*library_same(struct pair (*)));"],
	],
	["nothing", ["extern void library_nothing(void);"]],
])("%s is declared in plain C", (name, lines) => {
	expect(library?.functions.get(name)?.declaration).toEqual(lines);
});

test("clang takes the declarations, and gives them types that can be linked", () => {
	const mix = library?.functions.get("mix")?.declaration ?? [];
	const call = `${mix.join("\n")}
int use(void *x) { return library_mix((enum color)0, x, 1, x, x); }`;
	expect(mix.at(-1)).toContain(
		"library_mix(enum color , struct {} (*), _Bool ",
	);
	expect(compile(call).length).toBeGreaterThan(0);
});

test("the object's symbols have the new names, and its code is as it was", () => {
	const elf = library && readElf(library.object);
	if (!elf) throw new Error("no ELF");
	const names = [...elfSymbols(elf, "symbols", [symbolType.function])]
		.map((s) => s.name)
		.sort();
	expect(names).toEqual([
		"library___twice",
		"library_measure",
		"library_mix",
		"library_nothing",
		"library_same",
		"program",
	]);
});

test("what is no BPF object has nothing to offer", () => {
	expect(read(Buffer.from("hello"))).toBeUndefined();
	const host = execFileSync("clang", ["-c", "-x", "c", "-o", "-", "-"], {
		input: "int x;",
	});
	expect(read(host)).toBeUndefined();
});

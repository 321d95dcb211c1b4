// vmlinux.h in parts: only what a text names, complete where it must be, and C that clang takes.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { openKernelBtf } from "../../runtime/machine/kernel-btf.ts";
import { headerText } from "../../src/types/btf-header.ts";
import { btfOf } from "./clang-btf.ts";

const btf = btfOf(`
typedef unsigned int u32;
struct unused { int x; };
struct far { u32 depth; };
struct inner { u32 y; };
typedef struct { int raw; } word_t;
typedef enum { ON, OFF } state_t;
struct outer { struct inner in; struct far *next; struct unused *other; word_t w; state_t s; };
enum color { RED, GREEN = 7 };
struct outer o; struct far f; struct unused u; enum color c;
`);

function bodyOf(...words: string[]): readonly string[] {
	const lines = headerText(btf, new Set(words)).split("\n");
	return lines.slice(2, -2);
}

test("a struct brings what it holds, and declares what it points to", () => {
	expect(bodyOf("outer")).toEqual([
		"typedef unsigned int u32;",
		"struct inner {",
		"\tu32 y;",
		"};",
		"struct far;",
		"struct unused;",
		"typedef struct {",
		"\tint raw;",
		"} word_t;",
		"typedef enum {",
		"\tON = 0,",
		"\tOFF = 1,",
		"} state_t;",
		"struct outer {",
		"\tstruct inner in;",
		"\tstruct far *next;",
		"\tstruct unused *other;",
		"\tword_t w;",
		"\tstate_t s;",
		"};",
	]);
});

test("a pointer is followed where its member is named", () => {
	const text = bodyOf("outer", "next").join("\n");
	expect(text).toContain("struct far {\n\tu32 depth;\n};");
	expect(text).not.toContain("struct unused {");
});

test("a constant brings its enum, once", () => {
	expect(bodyOf("GREEN")).toEqual([
		"enum color {",
		"\tRED = 0,",
		"\tGREEN = 7,",
		"};",
	]);
	const both = bodyOf("outer", "OFF").join("\n");
	expect(both.match(/OFF/g)).toHaveLength(1);
});

test("nothing is named", () => {
	expect(bodyOf("no_such_type")).toEqual([]);
});

test.skipIf(!existsSync("/sys/kernel/btf/vmlinux"))(
	"clang takes much of the running kernel",
	() => {
		const opened = openKernelBtf({});
		if (!opened.ok) throw new Error(opened.reason);
		const { types } = opened.value;
		const structs = [
			"task_struct",
			"sk_buff",
			"bio",
			"request",
			"file",
			"sock",
		];
		const members = structs.flatMap((name) => {
			const type = types.struct("struct", name);
			return type ? types.members(type).map((m) => m.name) : [];
		});
		const header = types.header(new Set([...structs, ...members, "u32"]));
		const use = structs.map((name, i) => `struct ${name} use_${i};`).join("\n");
		const flags = ["-target", "bpf", "-g", "-w", "-fsyntax-only", "-x", "c"];
		execFileSync("clang", [...flags, "-"], { input: `${header}\n${use}` });
		expect(header).toContain("struct mm_struct {");
	},
);

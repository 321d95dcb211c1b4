// What a script brings in C: clang reads it, and it comes back as types and values.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { CTypesRequest } from "../../runtime/c-types/load.ts";
import { loadCTypes } from "../../runtime/c-types/load.ts";
import { btfSource } from "../../src/types/btf-reader.ts";
import { typeName } from "../../src/types/type-name.ts";
import { btfOf } from "./clang-btf.ts";

/** Stands for the kernel, so that the tests need none. */
const kernel = btfSource(
	btfOf(`
typedef unsigned int u32; typedef int pid_t; typedef _Bool bool;
enum state { LISTEN = 10, TASK_COMM_LEN = 16 };
struct list_head { struct list_head *next, *prev; };
typedef struct { int counter; } atomic_t;
struct sock { atomic_t refs; struct list_head list; };
struct tagged { u32 kernels_own; };
struct sock sock; struct tagged tagged; bool flag; pid_t pid; enum state state;
`),
	{ origin: "kernel" },
);

const directory = mkdtempSync(join(tmpdir(), "kask-c-types-"));
afterAll(() => rmSync(directory, { recursive: true }));

function load(text: string, more: Partial<CTypesRequest> = {}) {
	return loadCTypes({
		definitions: [{ text, line: 1 }],
		identifiers: [],
		typeNames: [],
		kernel,
		kernelHeaders: null,
		directory,
		...more,
	});
}

function membersOf(result: ReturnType<typeof load>, name: string): string[] {
	const type = result.types.struct("struct", name);
	return (type ? result.types.members(type) : []).map(
		(m) => `${m.offset} ${typeName(m.type)} ${m.name}`,
	);
}

test("a definition that nothing else uses is there", () => {
	const result = load(
		"struct one { int a; char text[4]; }; union two { long x; };\nenum three { THREE = 3 }; typedef struct { short s; } four;",
	);
	expect(result.errors).toEqual([]);
	expect(membersOf(result, "one")).toEqual(["0 int32 a", "4 int8[4] text"]);
	expect(result.types.struct("union", "two")).toMatchObject({ size: 8 });
	expect(result.types.constant("THREE")?.value).toBe(3n);
	expect(result.types.typedef("four")).toMatchObject({
		kind: "struct",
		size: 2,
		origin: "script",
	});
});

test("kernel typedefs, structs and constants need no header", () => {
	const result = load(
		"struct mine { u32 n; pid_t p; struct list_head l; char c[TASK_COMM_LEN]; struct sock *s; };",
	);
	expect(result.errors).toEqual([]);
	expect(membersOf(result, "mine")).toEqual([
		"0 uint32 n",
		"4 int32 p",
		"8 struct list_head l",
		"24 int8[16] c",
		"40 struct sock * s",
	]);
	expect(membersOf(result, "list_head")).toEqual([
		"0 struct list_head * next",
		"8 struct list_head * prev",
	]);
});

test("members of kernel structs inside of a script's struct are the kernel's", () => {
	const result = load("struct mine { struct list_head l; struct sock *s; };");
	const mine = result.types.struct("struct", "mine");
	const [list, sock] = mine ? result.types.members(mine) : [];
	if (list?.type.kind !== "struct") throw new Error("not a struct");
	expect(result.types.members(list.type).map((m) => m.name)).toEqual([
		"next",
		"prev",
	]);
	if (sock?.type.kind !== "pointer" || sock.type.to.kind !== "struct")
		throw new Error("not a pointer to a struct");
	expect(result.types.members(sock.type.to).map((m) => m.name)).toEqual([
		"refs",
		"list",
	]);
});

test("the script's own struct wins over the kernel's", () => {
	expect(membersOf(load("struct tagged { long own; };"), "tagged")).toEqual([
		"0 int64 own",
	]);
});

test("a header of the user's wins over the kernel, wherever it is included from", () => {
	const typeNames = ["struct tagged"];
	const mine = ["0 int32 mine"];
	const header = join(directory, "tagged.h");
	writeFileSync(header, "struct tagged { int mine; };");
	writeFileSync(join(directory, "outer.h"), '#include "tagged.h"\n');
	for (const include of ['"tagged.h"', '"outer.h"', `<${header}>`]) {
		const included = load(`#include ${include}`, { typeNames });
		expect(membersOf(included, "tagged")).toEqual(mine);
	}
	const elsewhere = { typeNames, directory: "/nowhere" };
	const searched = { ...elsewhere, includeDirectories: [directory] };
	expect(membersOf(load("#include <tagged.h>", searched), "tagged")).toEqual(
		mine,
	);
	const option = { ...elsewhere, includeFiles: [header] };
	expect(membersOf(load("", option), "tagged")).toEqual(mine);
});

test("the kernel wins over headers of the kernel's own tree, and over what is made of another one's BTF", () => {
	mkdirSync(join(directory, "tree/linux"), { recursive: true });
	const text = "struct tagged { int others; };";
	writeFileSync(join(directory, "tree/linux/tagged.h"), text);
	writeFileSync(join(directory, "vmlinux.h"), text);
	const request = {
		typeNames: ["struct tagged"],
		includeDirectories: [join(directory, "tree")],
	};
	for (const include of ["<linux/tagged.h>", '"vmlinux.h"']) {
		const included = load(`#include ${include}`, request);
		expect(membersOf(included, "tagged")).toEqual(["0 uint32 kernels_own"]);
	}
});

test("macros are evaluated by clang", () => {
	const result = load(
		'#define A 12\n#define B (A << 2)\n#define TEXT "a\\tb"\n#define NEGATIVE -1\n#define BIG 0xffffffffffffffffULL',
		{ identifiers: ["A", "B", "TEXT", "NEGATIVE", "BIG", "OTHER"] },
	);
	const values = [...result.values].map(([name, v]) => [
		name,
		v.kind === "expression" ? v.text : v.value,
	]);
	expect(values).toEqual([
		["A", 12n],
		["B", 48n],
		["TEXT", "a\tb"],
		["NEGATIVE", -1n],
		["BIG", 0xffffffffffffffffn],
	]);
});

test("a macro that is no constant of C comes back as its expanded text", () => {
	const result = load(
		"#define WIDTH 8\n#define LATE nsecs - @start[tid] / WIDTH\n#define CALL(x) x\n#define NOTHING",
		{ identifiers: ["LATE", "CALL", "NOTHING", "WIDTH"] },
	);
	expect(result.errors).toEqual([]);
	expect(result.values.get("LATE")).toEqual({
		kind: "expression",
		text: "nsecs - @start[tid] / 8",
	});
	expect(result.values.has("CALL")).toBe(false);
	expect(result.values.get("NOTHING")).toEqual({
		kind: "expression",
		text: "",
	});
	expect(result.values.get("WIDTH")).toMatchObject({ value: 8n });
});

test("constants of anonymous enums have values", () => {
	const result = load("enum { FIRST = 5, SECOND };", {
		identifiers: ["SECOND"],
	});
	expect(result.values.get("SECOND")).toMatchObject({ value: 6n });
});

test("headers give types, macros and enum constants", () => {
	writeFileSync(
		join(directory, "types.h"),
		"#define LIMIT 64\nenum { INSIDE = 9 };\nstruct outer { struct hidden *h; }; struct hidden { int deep; };\ntypedef struct outer outer_t;",
	);
	const result = load('#include "types.h"', {
		identifiers: ["LIMIT", "INSIDE", "pid", "comm"],
		typeNames: ["outer_t", "struct outer", "nonsense_t", "struct absent"],
	});
	expect(result.errors).toEqual([]);
	expect(result.values.get("LIMIT")).toMatchObject({ value: 64n });
	expect(result.values.get("INSIDE")).toMatchObject({ value: 9n });
	expect(result.values.has("pid")).toBe(false);
	expect(result.types.typedef("outer_t")).toMatchObject({ name: "outer" });
	expect(membersOf(result, "hidden")).toEqual(["0 int32 deep"]);
	expect(result.types.typedef("nonsense_t")).toBeUndefined();
});

test("libc's headers are found", () => {
	const result = load("#include <sys/socket.h>\n#include <stdint.h>", {
		identifiers: ["AF_INET6"],
		typeNames: ["struct sockaddr", "uint16_t"],
	});
	expect(result.errors).toEqual([]);
	expect(result.missingIncludes).toEqual([]);
	expect(result.values.get("AF_INET6")).toMatchObject({ value: 10n });
	expect(result.types.typedef("uint16_t")).toMatchObject({ size: 2 });
	expect(membersOf(result, "sockaddr")[0]).toBe("0 uint16 sa_family");
});

test("a header that is not there is reported, and the kernel's types are used", () => {
	const result = load("#include <net/no_such.h>\n#include <linux/none.h>", {
		typeNames: ["struct sock"],
		includeFiles: ["absent-too.h"],
	});
	expect(result.errors).toEqual([]);
	expect(result.missingIncludes).toEqual([
		{ include: '"absent-too.h"', line: 0, reason: "not found" },
		{ include: "<net/no_such.h>", line: 1, reason: "not found" },
		{ include: "<linux/none.h>", line: 2, reason: "not found" },
	]);
	expect(result.types.struct("struct", "sock")?.origin).toBe("kernel");
});

test("a header that clang cannot read is left out, with the reason", () => {
	writeFileSync(join(directory, "broken.h"), "struct broken { int a }\n");
	const result = load('struct fine { int b; };\n#include "broken.h"');
	expect(result.errors).toEqual([]);
	expect(result.missingIncludes).toMatchObject([
		{ include: '"broken.h"', line: 2 },
	]);
	expect(result.missingIncludes[0]?.reason).toContain("expected ';'");
	expect(membersOf(result, "fine")).toEqual(["0 int32 b"]);
});

test("kernel headers are read as the machine's own code, only when one is asked for", () => {
	const source = join(directory, "kernel");
	const at = join(source, "include", "inside");
	mkdirSync(at, { recursive: true });
	const register = process.arch === "x64" ? "=a" : "=r";
	writeFileSync(
		join(at, "kernel.h"),
		`#ifndef __KERNEL__\n#error not the kernel\n#endif
#define INSIDE 3
struct inside { int x; };
static inline int f(void) { int x; __asm__ volatile("" : "${register}"(x)); return x; }`,
	);
	const result = load("#include <inside/kernel.h>", {
		identifiers: ["INSIDE"],
		typeNames: ["struct inside"],
		kernelHeaders: { source, build: source },
	});
	expect(result.errors).toEqual([]);
	expect(result.missingIncludes).toEqual([]);
	expect(result.values.get("INSIDE")).toMatchObject({ value: 3n });
	expect(membersOf(result, "inside")).toEqual(["0 int32 x"]);
});

test("#if chooses", () => {
	const result = load(
		"#define WIDE 1\n#if WIDE\nstruct s { long x; };\n#else\nstruct s { int x; };\ntypedef int absent;\n#endif",
	);
	expect(result.errors).toEqual([]);
	expect(membersOf(result, "s")).toEqual(["0 int64 x"]);
	expect(result.types.typedef("absent")).toBeUndefined();
});

test("errors stand where the script has them", () => {
	const result = load("", {
		definitions: [
			{ text: "struct good { int a; };", line: 3 },
			{ text: "struct bad {\n  nonsense_t b; };", line: 7, column: 5 },
			{ text: "struct worse { struct never c; };", line: 9, column: 5 },
		],
	});
	expect(result.errors).toEqual([
		{ line: 8, column: 3, text: "unknown type name 'nonsense_t'" },
		{
			line: 9,
			column: 33,
			text: "field has incomplete type 'struct never'",
		},
	]);
});

test("a header for programs is found under the name that it has inside the kernel", () => {
	const result = load("#include <uapi/linux/limits.h>", {
		identifiers: ["PATH_MAX"],
	});
	expect(result.missingIncludes).toEqual([]);
	expect(result.values.get("PATH_MAX")).toMatchObject({ value: 4096n });
});

test("a clang that cannot be started is said, not thrown", () => {
	const result = load("struct s { int a; };", { clang: "/no/such/clang" });
	expect(result.clangMissing).toContain("ENOENT");
});

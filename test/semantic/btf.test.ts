// The BTF reader on types made by clang: what each kind of type becomes.
import { expect, test } from "vitest";
import { type BtfData, openBtf } from "../../src/types/btf-data.ts";
import { btfSource } from "../../src/types/btf-reader.ts";
import {
	layeredKernelSource,
	layeredTypeSource,
} from "../../src/types/layered-source.ts";
import type { KernelTypeSource } from "../../src/types/type-source.ts";
import type { Member } from "../../src/types/types.ts";
import { btfOf } from "./clang-btf.ts";

const source = btfSource(
	btfOf(`
#define user __attribute__((btf_type_tag("user")))
enum color { RED, GREEN = 7, BLUE };
enum error { BAD = -22, GOOD = 0 };
typedef unsigned int number;
typedef const volatile number layered;
struct unknown;
struct inner { char text[12]; signed char bytes[3]; _Bool on; };
union either { int i; double d; };
typedef struct { long only; } nameless;
struct outer {
	struct inner in;
	struct { int x; union { short y; char z; }; };
	unsigned int a : 3, b : 7;
	unsigned long long c : 40;
	struct outer *next;
	struct unknown *far;
	int (*call)(int);
	layered count;
	enum color color;
	unsigned __int128 huge;
	int grid[2][3];
	union either either;
	nameless *nameless;
	char user *theirs;
};
struct outer outer; enum error error; union either either;
struct inner inner; struct unknown *unknown; nameless nameless_one;
int add(struct outer *left, const char *right) { return left->a; }
`),
	{ origin: "script" },
);

function membersOf(from: KernelTypeSource, name: string): Map<string, Member> {
	const type = from.struct("struct", name);
	const members = type ? from.members(type) : [];
	return new Map(members.map((m) => [m.name, m]));
}
const outer = membersOf(source, "outer");

test("scalar members have their offsets and types", () => {
	expect(membersOf(source, "inner")).toEqual(
		new Map<string, Member>([
			[
				"text",
				{
					name: "text",
					offset: 0,
					type: {
						kind: "array",
						of: { kind: "int", size: 1, signed: true, char: true },
						count: 12,
					},
				},
			],
			[
				"bytes",
				{
					name: "bytes",
					offset: 12,
					type: {
						kind: "array",
						of: { kind: "int", size: 1, signed: true },
						count: 3,
					},
				},
			],
			["on", { name: "on", offset: 15, type: { kind: "bool" } }],
		]),
	);
});

test("bit-fields say their bits and their storage unit", () => {
	expect(outer.get("a")).toMatchObject({
		offset: 24,
		bits: { offset: 192, size: 3 },
	});
	expect(outer.get("b")).toMatchObject({
		offset: 24,
		bits: { offset: 195, size: 7 },
	});
	expect(outer.get("c")).toMatchObject({
		offset: 24,
		bits: { offset: 202, size: 40 },
	});
});

test("an anonymous member has no name, and members of its own", () => {
	const unnamed = outer.get("");
	if (unnamed?.type.kind !== "struct") throw new Error("no anonymous struct");
	expect(unnamed.type.name).toMatch(/^\(anon \d+\)$/);
	const [x, union] = source.members(unnamed.type);
	expect(x).toMatchObject({ name: "x", offset: 0 });
	expect(union).toMatchObject({ name: "", offset: 4, type: { kind: "union" } });
	expect(source.struct("struct", unnamed.type.name)).toEqual(unnamed.type);
});

test("a struct that points to itself is named, not expanded", () => {
	expect(outer.get("next")?.type).toEqual({
		kind: "pointer",
		space: "kernel",
		to: source.struct("struct", "outer"),
	});
});

test("a struct that is only declared has no size and no members", () => {
	const unknown = source.struct("struct", "unknown");
	expect(unknown).toMatchObject({ name: "unknown", size: 0 });
	expect(unknown && source.members(unknown)).toEqual([]);
});

test("function pointers point to void", () => {
	expect(outer.get("call")?.type).toMatchObject({
		kind: "pointer",
		to: { kind: "void" },
	});
});

test("pointers tagged as the user's point into user space", () => {
	expect(outer.get("theirs")?.type).toMatchObject({ space: "user" });
});

test("typedefs and qualifiers are seen through", () => {
	expect(outer.get("count")?.type).toEqual({
		kind: "int",
		size: 4,
		signed: false,
	});
	expect(source.typedef("number")).toEqual(outer.get("count")?.type);
	expect(source.struct("struct", "nameless")).toEqual(
		source.typedef("nameless"),
	);
});

test("arrays of arrays, wide integers and floats keep their size", () => {
	expect(outer.get("grid")?.type).toMatchObject({
		kind: "array",
		count: 2,
		of: { kind: "array", count: 3, of: { kind: "int", size: 4 } },
	});
	expect(outer.get("huge")?.type).toMatchObject({ kind: "array", count: 2 });
	const either = source.struct("union", "either");
	expect(either && source.members(either)[1]?.type).toMatchObject({
		kind: "opaque",
		name: "float",
		size: 8,
	});
});

test("enums of all widths and signs give their values", () => {
	const values = (name: string) => {
		const type = source.enum(name);
		return type && source.enumerators(type).map((e) => e.value);
	};
	expect(values("color")).toEqual([0n, 7n, 8n]);
	expect(values("error")).toEqual([-22n, 0n]);
	expect(source.constant("GREEN")).toEqual({
		value: 7n,
		type: source.enum("color"),
	});
	expect(source.constant("NONE")).toBeUndefined();
});

test("functions have named parameters and a result", () => {
	expect(source.func("add")).toMatchObject({
		name: "add",
		parameters: [
			{ name: "left", type: { kind: "pointer" } },
			{ name: "right", type: { kind: "pointer", to: { char: true } } },
		],
		returns: { kind: "int", size: 4 },
	});
	expect(source.func("subtract")).toBeUndefined();
	expect([...source.functionNames()]).toEqual(["add"]);
});

test("a layer answers for what it defines, the next one for what is only declared there", () => {
	const declaring = btfSource(
		btfOf(
			"struct inner; struct user { struct inner *in; } u; struct inner *i;",
		),
		{ origin: "script" },
	);
	const kernel = btfSource(
		btfOf("struct inner { int field; } i; struct user { long x; } u;"),
		{ origin: "kernel" },
	);
	const both = layeredTypeSource([declaring, kernel]);
	expect(both.struct("struct", "user")?.origin).toBe("script");
	const inner = declaring.struct("struct", "inner");
	expect(inner && both.members(inner)).toMatchObject([{ name: "field" }]);
});

/** A module's BTF over `base`: one struct with a member of the base's type 2, clang's `int`, and one function. */
function splitBtf(base: BtfData): Uint8Array {
	const text = "\0modular\0field\0probe_me\0";
	const at = (name: string) =>
		base.firstString + base.strings.length + text.indexOf(`\0${name}\0`) + 1;
	const types = [
		[at("modular"), (4 << 24) | 2, 8, at("field"), 2, 0, 0, base.endId + 1, 32],
		[0, (4 << 24) | 0, 4],
		[0, 13 << 24, 0],
		[at("probe_me"), 12 << 24, base.endId + 2],
	].flat();
	const header = new Uint32Array([
		0x0001eb9f,
		24,
		0,
		types.length * 4,
		types.length * 4,
		text.length,
	]);
	return Buffer.concat([
		Buffer.from(header.buffer),
		Buffer.from(Uint32Array.from(types).buffer),
		Buffer.from(text, "latin1"),
	]);
}

test("a module's types and functions stand on the kernel's", () => {
	const base = btfOf("int number; int base_function(void) { return 1; }");
	const opened = openBtf(splitBtf(base), base);
	if (!opened.ok) throw new Error(opened.reason);
	const options = { origin: "kernel", module: "mod" };
	const module = btfSource(opened.btf, options);
	const modular = module.struct("struct", "modular");
	const [field, unnamed] = modular ? module.members(modular) : [];
	expect(field).toMatchObject({ name: "field", type: { kind: "int" } });
	expect(unnamed?.type).toMatchObject({
		name: `(anon ${base.endId + 1} mod)`,
		size: 4,
	});
	expect(module.func("probe_me", "mod")).toMatchObject({ module: "mod" });
	expect(module.func("probe_me", "vmlinux")).toBeUndefined();
	expect(module.func("base_function")).toBeUndefined();
	expect([...module.functionNames()]).toEqual(["probe_me"]);
	const kernel = btfSource(base, { origin: "kernel" });
	const both = layeredKernelSource([kernel, module]);
	expect(both.func("probe_me")?.module).toBe("mod");
	expect(modular && both.members(modular)).toHaveLength(2);
});

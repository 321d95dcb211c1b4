// BTF written as C again: declarators, qualifiers, typedefs, bit-fields, anonymous members.
import { expect, test } from "vitest";
import { btfSource } from "../../src/types/btf-reader.ts";
import { btfOf } from "./clang-btf.ts";

const source = btfSource(
	btfOf(`
typedef unsigned char u8;
typedef int (*compare_t)(const void *, const void *);
enum color { RED, GREEN = 7 };
enum error { BAD = -22 };
struct far;
struct outer {
	const char *text;
	char *const fixed;
	volatile int busy;
	u8 bytes[16];
	int (*grid)[4];
	compare_t compare;
	void (*call)(struct far *, int, ...);
	int (*table[2])(void);
	unsigned int low : 3, high : 29;
	struct { int x; union { short y; char z; }; } inside[2];
	enum color color;
	struct outer **links;
};
union either { int i; enum { ONE = 1 } e; };
struct outer outer; union either either; enum error error;
int find(const struct outer *in, u8 *bytes, unsigned long count) { return 0; }
void nothing(void) {}
`),
	{ origin: "script" },
);

test("a struct, as it was declared", () => {
	expect(source.definition("struct", "outer")).toBe(
		[
			"struct outer {",
			"\tconst char *text;",
			"\tchar *const fixed;",
			"\tvolatile int busy;",
			"\tu8 bytes[16];",
			"\tint (*grid)[4];",
			"\tcompare_t compare;",
			"\tvoid (*call)(struct far *, int, ...);",
			"\tint (*table[2])(void);",
			"\tunsigned int low:3;",
			"\tunsigned int high:29;",
			"\tstruct {",
			"\t\tint x;",
			"\t\tunion {",
			"\t\t\tshort y;",
			"\t\t\tchar z;",
			"\t\t};",
			"\t} inside[2];",
			"\tenum color color;",
			"\tstruct outer **links;",
			"};",
		].join("\n"),
	);
});

test("enums and unions", () => {
	expect(source.definition("enum", "color")).toBe(
		"enum color {\n\tRED = 0,\n\tGREEN = 7,\n};",
	);
	expect(source.definition("enum", "error")).toContain("BAD = -22");
	expect(source.definition("union", "either")).toBe(
		"union either {\n\tint i;\n\tenum {\n\t\tONE = 1,\n\t} e;\n};",
	);
	expect(source.definition("struct", "nothing")).toBeUndefined();
});

test("a function's parameters and result", () => {
	expect(source.func("find")?.declarations?.()).toEqual([
		"const struct outer * in",
		"u8 * bytes",
		"unsigned long count",
		"int retval",
	]);
	expect(source.func("nothing")?.declarations?.()).toEqual([]);
});

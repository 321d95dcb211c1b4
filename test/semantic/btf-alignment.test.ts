// Alignments, which BTF does not tell, against what clang says of the same structs.
import { expect, test } from "vitest";
import { btfSource } from "../../src/types/btf-reader.ts";
import { layOut } from "../../src/types/layout.ts";
import { int32 } from "../../src/types/types.ts";
import { btfOf } from "./clang-btf.ts";

const source = btfSource(
	btfOf(`
struct bytes { char text[7]; };
struct pair { short a; int b; };
struct holder { char c; struct pair inner[2]; };
struct pointing { char c; struct holder *next; };
struct tight { char c; int number; } __attribute__((packed));
struct flags { unsigned int a : 3, b : 7; };
union mixed { char c; long number; };
struct bytes bytes; struct pair pair; struct holder holder; struct pointing pointing;
struct tight tight; struct flags flags; union mixed mixed;
`),
	{ origin: "script" },
);

test.each([
	["struct", "bytes", 1],
	["struct", "pair", 4],
	["struct", "holder", 4],
	["struct", "pointing", 8],
	["struct", "tight", 1],
	["union", "mixed", 8],
] as const)("%s %s is aligned to %i", (kind, name, align) => {
	expect(source.struct(kind, name)?.align).toBe(align);
});

test("a struct in a tuple takes no more room than in C", () => {
	const pair = source.struct("struct", "pair");
	if (!pair) throw new Error("no struct pair");
	expect(layOut([int32, pair])).toEqual({
		offsets: [0, 4],
		size: 12,
		align: 4,
	});
});

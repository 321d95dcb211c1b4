// Debug information as compilers write it: functions, types, lines; DWARF 4 and 5, in the file and beside it.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadLibdw } from "../../runtime/dwarf/libdw.ts";
import {
	makeOpenDebugInfo,
	makeOpenSources,
} from "../../runtime/dwarf/open.ts";
import { koffiFfi } from "../../runtime/ffi/koffi.ts";
import { readUserFunction } from "../../runtime/machine/elf.ts";
import type { DebugInfo } from "../../src/types/debug-info.ts";

const code = `
typedef struct { int x, y; } point;
union either { long whole; char text[8]; };
enum mood { BAD = -1, GOOD = 1 };
struct node {
	struct node *next;
	unsigned head : 3;
	int : 2;
	unsigned tail : 9;
	point at;
	union { short a; _Bool b; };
	enum mood mood;
	double weight;
	int grid[2][3];
	union either either;
	struct unknown *unknown;
	char rest[];
};
__attribute__((noipa)) int visit(struct node *node, const char *const name, double weight, void (*call)(int)) {
	return node->head;
}
int main(void) { struct node n = { 0 }; return visit(&n, "", 0, 0); }
`;

const folder = mkdtempSync(join(tmpdir(), "kask-dwarf-"));
const hasLibdw = loadLibdw(koffiFfi) !== undefined;
const open = makeOpenDebugInfo(() => koffiFfi, ["beside"]);

beforeAll(() => writeFileSync(join(folder, "code.c"), code));
afterAll(() => rmSync(folder, { recursive: true }));

function build(name: string, ...flags: string[]): string {
	const words = ["-O1", "-o", name, ...flags, "code.c"];
	execFileSync("gcc", words, { cwd: folder });
	return join(folder, name);
}

function visit(info: DebugInfo | undefined, path: string) {
	return info?.functionAt(readUserFunction(path, "visit")?.address ?? -1);
}

for (const flags of [["-gdwarf-4"], ["-gdwarf-5"], ["-g", "-gsplit-dwarf"]]) {
	test.runIf(hasLibdw)(`functions and types by ${flags.join(" ")}`, () => {
		const path = build(`program${flags.join("")}`, ...flags);
		const info = open(path);
		const found = visit(info, path);
		expect(found?.declarations?.()).toEqual([
			"struct node* node",
			"const char* const name",
			"double weight",
			"void (int)* call",
		]);
		const node = info?.types.struct("struct", "node");
		expect(found?.parameters[0]?.type).toEqual({
			kind: "pointer",
			to: node,
			space: "user",
		});
		const members = node ? info?.types.members(node) : [];
		const shape = members?.map((m) => [m.name, m.offset, m.bits, m.type.kind]);
		expect(shape).toEqual([
			["next", 0, undefined, "pointer"],
			["head", 8, { offset: 64, size: 3 }, "int"],
			["tail", 8, { offset: 69, size: 9 }, "int"],
			["at", 12, undefined, "struct"],
			["", 20, undefined, "union"],
			["mood", 24, undefined, "enum"],
			["weight", 32, undefined, "opaque"],
			["grid", 40, undefined, "array"],
			["either", 64, undefined, "union"],
			["unknown", 72, undefined, "pointer"],
			["rest", 80, undefined, "array"],
		]);
		expect(members?.[7]?.type).toMatchObject({ count: 2, of: { count: 3 } });
		expect(members?.[9]?.type).toMatchObject({ to: { size: 0 } });
		const point = info?.types.typedef("point");
		expect(members?.[3]?.type).toEqual(point);
		const mood = info?.types.enum("mood");
		expect(mood).toMatchObject({ signed: true, size: 4 });
		expect(mood && info?.types.enumerators(mood)).toEqual([
			{ name: "BAD", value: -1n },
			{ name: "GOOD", value: 1n },
		]);
	});
}

test.runIf(hasLibdw)("places of source lines", () => {
	const path = build("lines", "-g");
	const info = open(path);
	const start = readUserFunction(path, "visit")?.address;
	const line = code.split("\n").findIndex((l) => l.includes("visit(")) + 1;
	expect(info?.addressOfLine("code.c", line, 0)).toBe(start);
	expect(info?.addressOfLine(join(folder, "code.c"), line, 0)).toBe(start);
	expect(info?.addressOfLine("ode.c", line, 0)).toBeUndefined();
	expect(info?.addressOfLine("code.c", 1, 0)).toBeUndefined();
});

test.runIf(hasLibdw)(
	"a debug file in a folder that is relative to the program's",
	() => {
		const path = build("stripped", "-g", "-Wl,--build-id");
		execFileSync("mkdir", ["beside"], { cwd: folder });
		const debug = join(folder, "beside", "stripped.debug");
		execFileSync("objcopy", ["--only-keep-debug", path, debug]);
		execFileSync("strip", ["--strip-debug", path]);
		expect(visit(open(path), path)?.parameters[0]?.name).toBe("node");
	},
);

test.runIf(hasLibdw)(
	"the unit of an address where no table of ranges tells it",
	() => {
		writeFileSync(join(folder, "other.c"), "int other(int x) { return x; }\n");
		const path = build("twounits", "-g", "other.c");
		const bare = join(folder, "noranges");
		const section = ".debug_aranges";
		execFileSync("objcopy", ["--remove-section", section, path, bare]);
		expect(visit(open(bare), bare)?.parameters[0]?.name).toBe("node");
		const start = readUserFunction(bare, "other")?.address ?? -1;
		const sources = makeOpenSources(() => koffiFfi)(bare);
		expect(sources?.at(start)?.place?.file).toMatch(/other\.c$/);
		expect(sources?.at(1)).toBeUndefined();
	},
);

test("files without debug information have none", () => {
	expect(open(build("plain"))).toBeUndefined();
	expect(open(join(folder, "code.c"))).toBeUndefined();
	expect(open("/nonexistent")).toBeUndefined();
});

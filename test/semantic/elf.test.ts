// ELF files: functions and their places, debug files, and finding binaries by name.
import { execFileSync } from "node:child_process";
import {
	chmodSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	realpathSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import {
	findDebugFile,
	readUserFunction,
	readUserFunctions,
	withElf,
} from "../../runtime/machine/elf.ts";
import { findBinaries, findBinary } from "../../runtime/machine/find-binary.ts";
import {
	addressOf,
	buildIdOf,
	codeOffsetOf,
	fileOffsetOf,
} from "../../src/types/elf-image.ts";
import { readLdCache } from "../../src/types/ld-cache.ts";

const directory = realpathSync(mkdtempSync(join(tmpdir(), "kask-elf-")));
afterAll(() => rmSync(directory, { recursive: true }));

const code = `
static int hidden(int x) { return x + 0x1234; }
int shown(int x) { volatile int y = hidden(x); return y; }
int other(int x) { return shown(x) * 3; }
int data_not_code = 7;
void _start(void) { other(data_not_code); }
`;
writeFileSync(join(directory, "code.c"), code);

function build(name: string, ...flags: string[]): string {
	const path = join(directory, name);
	const common = ["-O0", "-nostdlib", "-Wl,--build-id", "-o", path];
	execFileSync("clang", [...flags, ...common, join(directory, "code.c")]);
	return path;
}
const library = build("libcode.so", "-shared", "-fPIC");
const program = build("program", "-static");

/** What the linker's own tool says, as a second opinion. */
function addressByNm(path: string, name: string): number {
	const lines = execFileSync("nm", [path], { encoding: "utf8" }).split("\n");
	const line = lines.find((l) => l.endsWith(` ${name}`)) ?? "";
	return Number.parseInt(line, 16);
}

test.each([library, program])("functions of %s lie where nm says", (path) => {
	const functions = readUserFunctions(path);
	expect([...(functions?.keys() ?? [])].sort()).toEqual([
		"_start",
		"hidden",
		"other",
		"shown",
	]);
	for (const [name, f] of functions ?? []) {
		expect(f.address, name).toBe(addressByNm(path, name));
		expect(f.size, name).toBeGreaterThan(0);
	}
});

test("offsets of an executable count from the file's start, not from its address", () => {
	const shown = readUserFunction(program, "shown");
	expect(shown?.address).toBeGreaterThanOrEqual(0x400000);
	expect(shown?.offset).toBeLessThan(0x400000);
	const back = withElf(program, (elf) => addressOf(elf, shown?.offset ?? 0));
	expect(back).toBe(shown?.address);
	expect(withElf(library, (elf) => codeOffsetOf(elf, 0x10))).toBeUndefined();
	const start = readUserFunction(library, "shown");
	expect(
		withElf(library, (elf) => codeOffsetOf(elf, start?.address ?? 0)),
	).toBe(start?.offset);
	const outside = withElf(program, (elf) => fileOffsetOf(elf, 0x10));
	expect(outside).toBeUndefined();
});

test("one function by name is the same as in the whole list", () => {
	const all = readUserFunctions(library);
	expect(readUserFunction(library, "hidden")).toEqual(all?.get("hidden"));
	expect(readUserFunction(library, "data_not_code")).toBeUndefined();
	expect(readUserFunction(library, "sho")).toBeUndefined();
});

test("symbols that were stripped off come from the debug file, by build id", () => {
	const stripped = join(directory, "libstripped.so");
	const root = join(directory, "debug");
	const id = withElf(library, buildIdOf) ?? "";
	expect(id).toMatch(/^[0-9a-f]{16,}$/);
	mkdirSync(join(root, ".build-id", id.slice(0, 2)), { recursive: true });
	const debug = join(root, ".build-id", id.slice(0, 2), `${id.slice(2)}.debug`);
	execFileSync("objcopy", ["--only-keep-debug", library, debug]);
	execFileSync("objcopy", ["--strip-all", library, stripped]);
	expect(readUserFunctions(stripped)?.has("hidden")).toBe(false);
	expect(readUserFunctions(stripped)?.has("shown")).toBe(true);
	const found = withElf(stripped, (elf) => findDebugFile(stripped, elf, root));
	expect(found).toBe(debug);
});

test("a debug file beside the binary serves through its link", () => {
	const debug = join(directory, "libbeside.debug");
	const stripped = join(directory, "libbeside.so");
	execFileSync("objcopy", ["--only-keep-debug", library, debug]);
	execFileSync("objcopy", [
		"--strip-all",
		`--add-gnu-debuglink=${debug}`,
		library,
		stripped,
	]);
	expect(readUserFunction(stripped, "hidden")).toEqual(
		readUserFunction(library, "hidden"),
	);
});

test("other files are no ELF files", () => {
	expect(readUserFunctions(join(directory, "code.c"))).toBeUndefined();
	expect(readUserFunctions("/nonexistent")).toBeUndefined();
	const cut = join(directory, "cut");
	writeFileSync(cut, readFileSync(library).subarray(0, 100));
	expect(readUserFunctions(cut)?.size).toBe(0);
});

test("the C library is found by all of its names, and has malloc", () => {
	const libc = findBinary("libc.so.6");
	expect(libc).toMatch(/^\/.*libc/);
	expect(findBinary("libc")).toBe(libc);
	expect(findBinary("c")).toBe(libc);
	expect(readUserFunction(libc ?? "", "malloc")?.offset).toBeGreaterThan(0);
});

test("programs are found by path and on PATH", () => {
	const places = { cwd: directory, path: directory, ldCache: "/nonexistent" };
	writeFileSync(join(directory, "plain-file"), "");
	chmodSync(join(directory, "plain-file"), 0o644);
	expect(findBinary("program", places)).toBe(program);
	expect(findBinary("./program", places)).toBe("./program");
	expect(findBinary(program, places)).toBe(program);
	expect(findBinary("plain-file", places)).toBeUndefined();
	expect(findBinary("libc", places)).toBeUndefined();
	expect(findBinary("", places)).toBeUndefined();
	expect(findBinary("/", places)).toBeUndefined();
	// A link that leads elsewhere for other programs is not followed.
	const rooted = `/proc/self/root${program}`;
	expect(findBinary(rooted, places)).toBe(rooted);
	expect(findBinary(`${program}/x`, places)).toBeUndefined();
	expect(findBinaries(`${directory}/lib*de.so`, places)).toContain(library);
	expect(findBinaries("prog*", places)).toEqual([program]);
	expect(findBinaries("./prog*", places)).toEqual(["./program"]);
	expect(findBinaries("none*", places)).toEqual([]);
});

test("a cache that is none gives nothing", () => {
	expect(readLdCache(Buffer.from("no cache"), "x64")).toEqual([]);
	expect(readLdCache(Buffer.from("glibc-ld.so.cache1.1"), "x64")).toEqual([]);
});

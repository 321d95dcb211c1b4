// Tables made of .eh_frame: by hand-made bytes, and against what readelf makes of a program and of libc.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { withElf } from "../../runtime/machine/elf.ts";
import { areaOf, encodeAreas } from "../../runtime/unwind/areas.ts";
import { frameOf, placeOf } from "../../runtime/unwind/expressions.ts";
import { type Rule, RuleBook } from "../../runtime/unwind/rules.ts";
import {
	makeTable,
	readUnwindTable,
	type UnwindTable,
} from "../../runtime/unwind/table.ts";
import { frameBy, savedAt } from "../../src/base/unwind-tables.ts";

const folder = mkdtempSync(join(tmpdir(), "kask-unwind-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Little-endian, 32 bits. */
const u32 = (n: number): number[] => [0, 8, 16, 24].map((s) => (n >> s) & 255);

function entry(body: readonly number[]): number[] {
	const padded = [...body];
	while (padded.length % 4 !== 0) padded.push(0);
	return [...u32(padded.length), ...padded];
}

/** "zR", code alignment 1, data alignment -8, addresses absolute in 32 bits: CFA = rsp + 8, return address at CFA - 8. */
const common = (letters = "zR"): number[] =>
	entry([
		...u32(0),
		1,
		...Buffer.from(`${letters}\0`),
		...[1, 0x78, 16],
		...[1, 0x03],
		...[0x0c, 7, 8],
		...[0x80 | 16, 1],
	]);

/** At `at` bytes from the section's start. */
const func = (
	at: number,
	start: number,
	size: number,
	program: readonly number[],
): number[] =>
	entry([...u32(at + 4), ...u32(start), ...u32(size), 0, ...program]);

function tableOf(bytes: readonly number[], book = new RuleBook()) {
	return describeTable(makeTable(Uint8Array.from(bytes), 0, book), book);
}

/** `[address, "rsp+8 rbp:same"]` */
function describeTable(table: UnwindTable, book: RuleBook) {
	return Array.from(table.starts, (start, i) => {
		const rule = book.rule(table.rules[i] ?? 0);
		return [start + table.base, describeRule(rule)] as const;
	});
}

const frameWords = [
	"none",
	"end",
	"unknown",
	"rsp",
	"rbp",
	"*rsp",
	"*rbp",
	"linkage",
];
const savedWords = ["same", "c", "rsp", "rbp", "lost"];

function describeRule({ frame, offset, base, isSignal }: Rule): string {
	if (frame <= frameBy.unknown) return frameWords[frame] ?? "";
	const where = base.at === savedAt.same ? "" : base.offset;
	const signal = isSignal ? " signal" : "";
	return `${frameWords[frame]}+${offset} rbp:${savedWords[base.at]}${where}${signal}`;
}

test("a function's rows, and the end behind it", () => {
	const head = common();
	const bytes = [
		...head,
		...func(head.length, 0x1000, 0x40, [
			// push %rbp
			...[0x41, 0x0e, 16, 0x86, 2],
			// mov %rsp, %rbp
			...[0x43, 0x0d, 6],
			// One way out, and what was before it again.
			...[0x02, 0x20, 0x0a, 0x0c, 7, 8, 0xc6],
			...[0x41, 0x0b],
		]),
	];
	expect(tableOf(bytes)).toEqual([
		[0x1000, "rsp+8 rbp:same"],
		[0x1001, "rsp+16 rbp:c-16"],
		[0x1004, "rbp+16 rbp:c-16"],
		[0x1024, "rsp+8 rbp:same"],
		[0x1025, "rbp+16 rbp:c-16"],
		[0x1040, "none"],
	]);
});

test("functions are put in order; a gap between them counts where code fits in", () => {
	const head = common();
	const first = func(head.length, 0x2000, 0x18, []);
	const second = func(head.length + first.length, 0x1000, 0x10, [0x0e, 32]);
	const third = func(
		head.length + first.length + second.length,
		0x2020,
		0x10,
		[0x0e, 24],
	);
	expect(tableOf([...head, ...first, ...second, ...third])).toEqual([
		[0x1000, "rsp+32 rbp:same"],
		[0x1010, "none"],
		[0x2000, "rsp+8 rbp:same"],
		[0x2020, "rsp+24 rbp:same"],
		[0x2030, "none"],
	]);
});

test("what is not understood is said to be unknown, and an undefined return address ends the stack", () => {
	const head = common();
	const strange = func(head.length, 0x1000, 0x10, [0x3f]);
	const end = func(head.length + strange.length, 0x1010, 0x10, [7, 16]);
	expect(tableOf([...head, ...strange, ...end])).toEqual([
		[0x1000, "unknown"],
		[0x1010, "end"],
		[0x1020, "none"],
	]);
});

test("frames of signals", () => {
	const head = common("zRS");
	const program = [0x0f, 4, 0x77, 0xa0, 1, 6, 0x10, 6, 3, 0x77, 0xf8, 0];
	expect(tableOf([...head, ...func(head.length, 16, 9, program)])[0]).toEqual([
		16,
		"*rsp+160 rbp:rsp120 signal",
	]);
});

test("expressions", () => {
	const frame = (...bytes: number[]) => frameOf(Uint8Array.from(bytes));
	// breg6 -8, deref: a function that has aligned its stack
	expect(frame(0x76, 0x78, 6)).toEqual({
		frame: frameBy.atBase,
		offset: -8,
		added: 0,
	});
	// breg7 16, deref, plus_uconst 8
	expect(frame(0x77, 16, 6, 0x23, 8)).toEqual({
		frame: frameBy.atStack,
		offset: 16,
		added: 8,
	});
	// breg7 8, breg16 0, lit15, and, lit11, ge, lit3, shl, plus
	expect(
		frame(0x77, 8, 0x80, 0, 0x3f, 0x1a, 0x3b, 0x2a, 0x33, 0x24, 0x22),
	).toEqual({ frame: frameBy.linkage, offset: 8, added: 11 });
	expect(frame(0x73, 8).frame).toBe(frameBy.unknown);
	expect(frame().frame).toBe(frameBy.unknown);
	expect(placeOf(Uint8Array.of(0x76, 0))).toEqual({
		at: savedAt.base,
		offset: 0,
	});
	expect(placeOf(Uint8Array.of(0x76, 0, 6)).at).toBe(savedAt.lost);
});

test("damaged bytes give a table of some kind", () => {
	const head = common();
	const whole = [
		...head,
		...func(head.length, 0x1000, 64, [0x41, 0x0e, 16, 0x86, 2, 0x0f, 3, 0x77]),
	];
	for (let at = 0; at < whole.length; at++) {
		tableOf(whole.slice(0, at));
		for (const value of [0, 0x7f, 0x80, 0xff])
			tableOf(whole.map((byte, i) => (i === at ? value : byte)));
	}
});

test("where a region's addresses are in its file's rows", () => {
	const segments = [{ offset: 0x1234, size: 0x800, address: 0x402234 }];
	const rows = { table: 2, first: 7, count: 9, base: 0x402300, segments };
	const region = {
		start: 0x7f0000001000,
		end: 0x7f0000002000,
		offset: 0x1000,
		executable: true,
		file: "8:1",
		inode: 1,
		path: "/a",
	};
	const area = areaOf(region, rows);
	// Address 0x402334 as linked is mapped at start + 0x334, and is 0x34 in the table.
	expect((area?.start ?? 0) + 0x334 - (area?.base ?? 0)).toBe(0x34);
	expect(areaOf({ ...region, offset: 0x2000 }, rows)).toBeUndefined();
	const view = new DataView(encodeAreas(area ? [area] : []).buffer);
	expect(view.getUint32(32, true)).toBe(1);
	expect(view.getBigUint64(40, true)).toBe(0x7f0000001000n);
	expect([64, 68, 72].map((at) => view.getUint32(at, true))).toEqual([2, 7, 9]);
});

const program = `
#include <alloca.h>
#include <stdlib.h>
#include <string.h>
typedef float wide __attribute__((vector_size(32)));
volatile wide kept;
__attribute__((noinline)) int leaf(int x) { return x * 3; }
__attribute__((noinline)) void aligned(int x) { wide w[4]; memset(w, x, sizeof w); kept = w[leaf(x) & 3]; }
__attribute__((noinline)) int dynamic(int n) { char *room = alloca(n); memset(room, n, n); return leaf(room[n / 2]) + 1; }
static int compare(const void *a, const void *b) { return leaf(*(int *)a) - dynamic(*(int *)b); }
int main(int c, char **v) { int n[] = { 3, 1, c }; qsort(n, 3, 4, compare); aligned(c); return n[0]; }
`;

function hasTools(): boolean {
	const has = (name: string) => existsSync(`/usr/bin/${name}`);
	return process.arch === "x64" && has("gcc") && has("readelf");
}

function compile(): string {
	const source = join(folder, "program.c");
	const path = join(folder, "program");
	writeFileSync(source, program);
	execFileSync("gcc", ["-O2", "-fomit-frame-pointer", "-o", path, source]);
	return path;
}

interface Interpreted {
	readonly address: number;
	readonly frame: string;
	readonly base: string;
	readonly returns: string;
}

/** Rows as readelf gives them. */
function interpret(path: string): readonly Interpreted[] {
	// Of libc it says that it does not find the debug file, and fails after all is told.
	const { stdout: text } = spawnSync(
		"readelf",
		["--debug-dump=frames-interp", path],
		{ encoding: "utf8", maxBuffer: 2 ** 28 },
	);
	let columns: readonly string[] = [];
	let isFunction = false;
	return text.split("\n").flatMap((line) => {
		if (/\bCIE\b|\bFDE\b/.test(line)) isFunction = line.includes(" FDE ");
		const words = line
			.replace(/ \(\w+\)/g, "")
			.trim()
			.split(/\s+/);
		if (words[0] === "LOC") columns = words;
		if (!isFunction || !/^[0-9a-f]{16}$/.test(words[0] ?? "")) return [];
		const of = (name: string) => words[columns.indexOf(name)] ?? "u";
		return {
			address: Number.parseInt(words[0] ?? "", 16),
			frame: of("CFA"),
			base: of("rbp"),
			returns: of("ra"),
		};
	});
}

/** In readelf's words. */
function asInterpreted(rule: Rule): Omit<Interpreted, "address"> {
	const { frame, offset, base, returns } = rule;
	const byRegister = frame === frameBy.stack || frame === frameBy.base;
	const saved = ({ at, offset: from }: Rule["base"]): string => {
		if (at === savedAt.frame) return `c${from < 0 ? "" : "+"}${from}`;
		return at === savedAt.same || at === savedAt.lost ? "u" : "exp";
	};
	return {
		frame: byRegister ? `${frameWords[frame]}+${offset}` : "exp",
		base: saved(base),
		returns: saved(returns),
	};
}

/** What other registers lead to is not followed, and readelf has no word for where a thread began. */
function agrees(rule: Rule, { frame, base, returns }: Interpreted): boolean {
	if (rule.frame === frameBy.unknown)
		return !/^r[sb]p/.test(frame) || !returns.startsWith("c");
	if (rule.frame === frameBy.end) return returns === "u";
	const found = asInterpreted(rule);
	return (
		found.frame === frame && found.base === base && found.returns === returns
	);
}

function ruleAt({ base, starts, rules }: UnwindTable, address: number): number {
	let [low, high] = [0, starts.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((starts[middle] ?? 0) + base <= address) low = middle + 1;
		else high = middle;
	}
	return rules[low - 1] ?? 0;
}

const libc = "/lib/x86_64-linux-gnu/libc.so.6";

for (const [name, find, most] of [
	["a program", compile, 10_000],
	["libc", () => (existsSync(libc) ? libc : compile()), 40_000],
] as const)
	test.skipIf(!hasTools())(
		`rows of ${name} are those that readelf finds`,
		{ timeout: 60_000 },
		() => {
			const path = find();
			const book = new RuleBook();
			const table = withElf(path, (elf) => readUnwindTable(elf, book));
			if (!table) throw new Error("no table");
			const wanted = interpret(path).slice(0, most);
			expect(wanted.length).toBeGreaterThan(15);
			const wrong = wanted.filter((want) => {
				const rule = book.rule(ruleAt(table, want.address));
				return !agrees(rule, want);
			});
			expect(wrong).toEqual([]);
		},
	);

// Tables made of .eh_frame, of bytes made by hand.
import { expect, test } from "vitest";
import { areaOf, encodeAreas } from "../../runtime/unwind/areas.ts";
import { frameOf, placeOf } from "../../runtime/unwind/expressions.ts";
import { type Rule, RuleBook } from "../../runtime/unwind/rules.ts";
import { makeTable, type UnwindTable } from "../../runtime/unwind/table.ts";
import { frameBy, savedAt } from "../../src/base/unwind-tables.ts";
import { frameWords } from "./frame-words.ts";

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

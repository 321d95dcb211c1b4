// From what calls took, with and without programs, to what each part costs.
import { expect, test } from "vitest";
import { entryCostOf } from "../../runtime/cost/entry-cost.ts";

test("the first program on system calls brings the slower path, the second only itself", () => {
	const times = new Map([
		["bare", 450],
		["one", 580],
		["both", 660],
		["timed", 690],
		["clock", 70],
		["tracepoint", 600],
		["uprobe", 2450],
	] as const);
	expect(entryCostOf([times])).toEqual({
		clock: 70,
		statistics: 40,
		syscall: 50,
		entry: {
			raw_tracepoint: 80,
			btf_tracepoint: 80,
			tracepoint: 100,
			uprobe: 2000,
		},
	});
});

test("where the second seems to take longer than the first, they share what both took", () => {
	const times = new Map([
		["bare", 450],
		["one", 500],
		["both", 610],
	] as const);
	const { syscall, entry } = entryCostOf([times]);
	expect({ syscall, entry }).toEqual({
		syscall: 0,
		entry: { raw_tracepoint: 80, btf_tracepoint: 80 },
	});
});

test("nothing is less than nothing where the machine was slower before than after", () => {
	const times = new Map([
		["bare", 600],
		["one", 580],
		["both", 570],
		["timed", 500],
		["clock", 70],
		["kprobe", 400],
	] as const);
	expect(entryCostOf([times])).toEqual({
		clock: 70,
		statistics: 0,
		syscall: 0,
		entry: { raw_tracepoint: 0, btf_tracepoint: 0, kprobe: 0 },
	});
});

test("one round in a faster moment does no harm, nor half of it", () => {
	const round = (bare: number, one: number, both: number) =>
		new Map([
			["bare", bare],
			["one", one],
			["both", both],
		] as const);
	const rounds = [
		round(450, 580, 660),
		round(357, 462, 526),
		round(450, 462, 660),
		round(452, 582, 543),
		round(451, 580, 661),
	];
	const { syscall, entry } = entryCostOf(rounds);
	expect([syscall, entry.raw_tracepoint]).toEqual([50, 80]);
});

test("without perl nothing is known", () => {
	expect(entryCostOf([]).entry).toEqual({});
});

// hist and lhist: bucket counts → the exact lines.
import { describe, expect, test } from "vitest";
import { writeJson } from "../../src/base/json-tree.ts";
import { renderHist } from "../../src/builtins/render/hist.ts";
import { renderLhist } from "../../src/builtins/render/lhist.ts";
import { buckets } from "./fixtures.ts";

const bar = (stars: number) => "@".repeat(stars).padEnd(52);

function hist(counts: Readonly<Record<number, number>>, bits = 0) {
	return renderHist(buckets(counts), { bits }, true);
}
function lhist(
	counts: Readonly<Record<number, number>>,
	[min, max, step]: readonly [number, number, number],
) {
	return renderLhist(buckets(counts), { min, max, step }, true);
}

describe("hist", () => {
	test("negative values, zero, gaps and a suffix", () => {
		expect(hist({ 0: 1, 3: 2, 12: 1, 13: 1 }).text(1)).toBe(
			[
				`(..., 0)               1 |${bar(26)}|`,
				`[0]                    0 |${bar(0)}|`,
				`[1]                    0 |${bar(0)}|`,
				`[2, 4)                 2 |${bar(52)}|`,
				`[4, 8)                 0 |${bar(0)}|`,
				`[8, 16)                0 |${bar(0)}|`,
				`[16, 32)               0 |${bar(0)}|`,
				`[32, 64)               0 |${bar(0)}|`,
				`[64, 128)              0 |${bar(0)}|`,
				`[128, 256)             0 |${bar(0)}|`,
				`[256, 512)             0 |${bar(0)}|`,
				`[512, 1K)              0 |${bar(0)}|`,
				`[1K, 2K)               1 |${bar(26)}|`,
				`[2K, 4K)               1 |${bar(26)}|`,
				"",
			].join("\n"),
		);
	});
	test.each([
		["nothing", {}, ""],
		["only zeros after zero()", { 3: 0 }, ""],
		["zero alone", { 1: 5 }, `[0]                    5 |${bar(52)}|\n`],
		["one", { 2: 5 }, `[1]                    5 |${bar(52)}|\n`],
		[
			"the greatest bucket",
			{ 64: 1 },
			`[4E, 8E)               1 |${bar(52)}|\n`,
		],
		["decades", { 22: 1 }, `[1M, 2M)               1 |${bar(52)}|\n`],
		[
			"counts wider than their column",
			{ 2: 123456789012 },
			`[1]             123456789012 |${bar(52)}|\n`,
		],
	])("%s", (_name, counts, expected) => {
		expect(hist(counts).text(1)).toBe(expected);
	});
	test("bars are cut, not rounded", () => {
		expect(hist({ 1: 3, 2: 1 }).text(1)).toBe(
			`[0]                    3 |${bar(52)}|\n[1]                    1 |${bar(17)}|\n`,
		);
	});
	test("split powers of two", () => {
		// Value 5 is index 5, value 6 and 7 are index 6 and 7; 8 and 9 share index 8.
		expect(hist({ 6: 1, 9: 2, 12: 1 }, 2).text(1)).toBe(
			[
				`[5]                    1 |${bar(26)}|`,
				`[6]                    0 |${bar(0)}|`,
				`[7]                    0 |${bar(0)}|`,
				`[8, 10)                2 |${bar(52)}|`,
				`[10, 12)               0 |${bar(0)}|`,
				`[12, 14)               0 |${bar(0)}|`,
				`[14, 16)               1 |${bar(26)}|`,
				"",
			].join("\n"),
		);
	});
	test("div divides counts", () => {
		expect(hist({ 2: 100, 3: 9 }).text(10)).toBe(
			`[1]                   10 |${bar(52)}|\n[2, 4)                 0 |${bar(0)}|\n`,
		);
	});
	test("div greater than all counts leaves no bar", () => {
		expect(hist({ 2: 3 }).text(10)).toBe(
			`[1]                    0 |${bar(0)}|\n`,
		);
	});
	test("JSON has inclusive borders", () => {
		expect(writeJson(hist({ 0: 1, 1: 2, 3: 4 }).json(1))).toBe(
			'[{"max": -1, "count": 1},{"min": 0, "max": 0, "count": 2},{"min": 1, "max": 1, "count": 0},{"min": 2, "max": 3, "count": 4}]',
		);
	});
	test("JSON of nothing", () => {
		expect(writeJson(hist({}).json(1))).toBe("[]");
	});
});

describe("lhist", () => {
	test("below, within and above the range", () => {
		expect(lhist({ 0: 1, 1: 2, 3: 1, 4: 4 }, [10, 40, 10]).text(1)).toBe(
			[
				`(..., 10)              1 |${bar(13)}|`,
				`[10, 20)               2 |${bar(26)}|`,
				`[20, 30)               0 |${bar(0)}|`,
				`[30, 40)               1 |${bar(13)}|`,
				`[40, ...)              4 |${bar(52)}|`,
				"",
			].join("\n"),
		);
	});
	test.each([
		["steps of one", { 3: 1 }, [0, 10, 1], "[2]                    1 |"],
		["suffixes", { 2: 1 }, [0, 5120, 1024], "[1K, 2K)               1 |"],
		[
			"megabytes",
			{ 2: 1 },
			[0, 4194304, 1048576],
			"[1M, 2M)               1 |",
		],
		[
			"no suffix for odd steps",
			{ 1: 1 },
			[640000, 670000, 10000],
			"[640000, 650000)       1 |",
		],
		["negative", { 1: 1 }, [-20, 20, 10], "[-20, -10)             1 |"],
		[
			"the last bucket alone",
			{ 11: 1 },
			[0, 100, 10],
			"[100, ...)             1 |",
		],
	] as const)("%s", (_name, counts, range, expected) => {
		expect(lhist(counts, range).text(1)).toBe(`${expected}${bar(52)}|\n`);
	});
	test("div has no effect", () => {
		expect(lhist({ 1: 10 }, [0, 10, 5]).text(10)).toBe(
			`[0, 5)                10 |${bar(52)}|\n`,
		);
	});
	test("JSON: the last bucket has no upper border", () => {
		expect(writeJson(lhist({ 2: 1, 3: 1 }, [0, 20, 10]).json(1))).toBe(
			'[{"min": 10, "max": 19, "count": 1},{"min": 20, "count": 1}]',
		);
	});
});

describe("the table of bcc's tools", () => {
	test("rows start at zero and end at the last filled one", () => {
		expect(hist({ 1: 1, 2: 1, 5: 4 }).table?.("msecs")).toBe(
			[
				"     msecs               : count    distribution",
				"         0 -> 1          : 2        |********************                    |",
				"         2 -> 3          : 0        |                                        |",
				"         4 -> 7          : 0        |                                        |",
				"         8 -> 15         : 4        |****************************************|",
				"",
			].join("\n"),
		);
	});
	test("values past 2^32 make it wide, with short bars", () => {
		const lines = hist({ 2: 1, 36: 2 }).table?.("nsecs")?.split("\n") ?? [];
		expect(lines[0]).toBe(
			"               nsecs                         : count    distribution",
		);
		expect(lines[1]).toBe(
			"                   0 -> 1                    : 1        |**********          |",
		);
		expect(lines.at(-2)).toBe(
			"         17179869184 -> 34359738367          : 2        |********************|",
		);
	});
	test("split powers of two are put together again", () => {
		expect(hist({ 9: 1, 12: 2 }, 2).table?.("us")).toBe(
			hist({ 5: 3 }).table?.("us"),
		);
	});
	test("nothing counted, nothing printed", () => {
		expect(hist({}).table?.("usecs")).toBe("");
	});
	test("negative values have a row of their own", () => {
		expect(hist({ 0: 1, 1: 1 }).table?.("usecs")?.split("\n")[1]).toBe(
			"       ... -> -1         : 1        |****************************************|",
		);
	});
});

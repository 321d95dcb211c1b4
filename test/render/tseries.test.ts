// Time series: slots of several CPUs → graph and JSON.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeJson } from "../../src/base/json-tree.ts";
import type { RenderedAggregate } from "../../src/builtins/host.ts";
import { seriesText } from "../../src/builtins/render/series-graph.ts";
import {
	renderAllTseries,
	renderTseries,
} from "../../src/builtins/render/tseries.ts";
import { cells } from "./fixtures.ts";

const zone = process.env.TZ;
beforeAll(() => {
	process.env.TZ = "UTC";
});
afterAll(() => {
	if (zone === undefined) delete process.env.TZ;
	else process.env.TZ = zone;
});

type Slot = readonly [value: number, meta: number, epoch: number];

function cpu(...slots: readonly Slot[]): readonly bigint[] {
	return slots.flatMap((slot) => slot.map(BigInt));
}

/** Intervals of 100 ms. */
function params(how: string, intervals = 5) {
	return { interval: 100_000_000, intervals, how };
}

function values(rendered: RenderedAggregate | undefined): string[] {
	const lines = rendered?.text(1).split("\n") ?? [];
	return lines.slice(2, -3).map((line) => line.split(" ").at(-1) ?? "");
}

describe("what is kept", () => {
	const perCpu = [
		cpu([5, 10, 7], [1, 20, 8], [0, 0, 0]),
		cpu([6, 20, 7], [-4, 1, 3], [0, 0, 0]),
	];
	test.each([
		["last", ["6", "1"]],
		["sum", ["11", "1"]],
		["min", ["5", "1"]],
		["max", ["6", "1"]],
	])("%s: CPUs are merged, old intervals left out", (how, expected) => {
		const rendered = renderTseries(cells(...perCpu), params(how), true);
		expect(values(rendered)).toEqual(expected);
	});
	test("averages", () => {
		const merged = cells(cpu([10, 3, 7]), cpu([11, 1, 7]));
		expect(values(renderTseries(merged, params("avg"), true))).toEqual(["5"]);
	});
	test("keys share one range of time", () => {
		const one = cells(cpu([5, 1, 1], [5, 1, 2]));
		const two = cells(cpu([4, 1, 4]));
		const [first, second] = renderAllTseries([one, two], params("last"), true);
		expect(values(first)).toEqual(["5", "5", "-", "-"]);
		expect(values(second)).toEqual(["4"]);
	});
	test("a clock that the script sets to 0", () => {
		const rendered = renderTseries(
			cells(cpu([5, 0, 0], [5, 1, 1], [0, 0, 0])),
			params("last"),
			true,
		);
		expect(writeJson(rendered.json(1))).toBe(
			'[{"interval_start":"1970-01-01 00:00:00.000000000","value":0},{"interval_start":"1970-01-01 00:00:00.100000000","value":5}]',
		);
	});
	test("nothing", () => {
		const rendered = renderTseries(cells(cpu([0, 0, 0])), params("sum"), true);
		expect(rendered.text(1)).toBe("<no data>");
		expect(writeJson(rendered.json(1))).toBe("[]");
	});
	test("JSON leaves out what is missing", () => {
		const rendered = renderTseries(
			cells(cpu([9, 1, 5], [7, 1, 7])),
			params("last"),
			true,
		);
		expect(writeJson(rendered.json(1))).toBe(
			'[{"interval_start":"1970-01-01 00:00:00.500000000","value":9},{"interval_start":"1970-01-01 00:00:00.700000000","value":7}]',
		);
	});
});

describe("the graph", () => {
	const at = (tenths: number, value: bigint | undefined) => ({
		nanoseconds: BigInt(tenths) * 100_000_000n,
		value,
	});
	const line = (place: number, zero = -1) =>
		Array.from({ length: 53 }, (_, i) =>
			i === place ? "*" : i === 0 || i === 52 ? "|" : i === zero ? "." : " ",
		).join("");
	test("equal values stand in the middle", () => {
		expect(seriesText([at(5, 9n), at(6, 9n)])).toBe(
			[
				`${" ".repeat(13)}8${" ".repeat(50)}10`,
				`hh:mm:ss.ms  |${"_".repeat(51)}|`,
				`00:00:00.500 ${line(26)} 9`,
				`00:00:00.600 ${line(26)} 9`,
				`${" ".repeat(13)}v${"_".repeat(51)}v`,
				`${" ".repeat(13)}8${" ".repeat(50)}10`,
				"",
			].join("\n"),
		);
	});
	test("numbers without a sign leave no room below zero", () => {
		const zeros = [at(5, 0n), at(6, 0n)];
		const scale = (least: string) =>
			`${(" ".repeat(13) + least).padEnd(65)}1\n`;
		expect(seriesText(zeros, false).startsWith(scale("0"))).toBe(true);
		expect(seriesText(zeros, true).startsWith(scale("-1"))).toBe(true);
	});
	test("negative and positive values have a line at zero", () => {
		const rows = seriesText([at(10, -5n), at(20, undefined), at(30, 5n)]);
		expect(rows.split("\n").slice(1, 5)).toEqual([
			`hh:mm:ss |${"_".repeat(51)}|`,
			`00:00:01 ${line(0, 26)} -5`,
			`00:00:02 ${line(-1, 26)} -`,
			`00:00:03 ${line(52, 26)} 5`,
		]);
	});
	test("microseconds", () => {
		const rows = seriesText([
			{ nanoseconds: 1_000n, value: 1n },
			{ nanoseconds: 2_000n, value: 2n },
		]);
		expect(rows.split("\n")[2]).toBe(`00:00:00.000001 ${line(0)} 1`);
		expect(rows.split("\n")[1]?.slice(0, 17)).toBe("hh:mm:ss.\xce\xbcs    |");
	});
});

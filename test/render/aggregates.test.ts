// count, sum, min, max, avg, stats: cells of several CPUs → text, JSON and order.
import { describe, expect, test } from "vitest";
import { writeJson } from "../../src/base/json-tree.ts";
import type { AggregateDefinition } from "../../src/builtins/definition.ts";
import type { MergedCells } from "../../src/builtins/host.ts";
import { renderAvg } from "../../src/builtins/render/avg.ts";
import { renderCount } from "../../src/builtins/render/count.ts";
import { renderMax } from "../../src/builtins/render/max.ts";
import { renderMin } from "../../src/builtins/render/min.ts";
import { renderStats } from "../../src/builtins/render/stats.ts";
import { renderSum } from "../../src/builtins/render/sum.ts";
import { cells } from "./fixtures.ts";

type Render = AggregateDefinition["render"];

const cases: readonly [
	name: string,
	render: Render,
	cells: MergedCells,
	signed: boolean,
	text: string,
	divided: string,
][] = [
	["count", renderCount, cells([3n], [4n]), false, "7", "0"],
	["count of nothing", renderCount, cells([0n], [0n]), false, "0", "0"],
	["sum", renderSum, cells([30n, 1n], [-4n, 1n]), true, "26", "2"],
	["negative sum", renderSum, cells([-30n, 1n], [-4n, 1n]), true, "-34", "-3"],
	[
		"sum past 2^63",
		renderSum,
		cells([0x8000_0000_0000_0000n, 1n], [1n, 1n]),
		false,
		"9223372036854775809",
		"922337203685477580",
	],
	["min", renderMin, cells([7n, 1n], [5n, 1n]), true, "5", "0"],
	["min, one CPU idle", renderMin, cells([7n, 1n], [0n, 0n]), true, "7", "0"],
	["negative min", renderMin, cells([7n, 1n], [-25n, 1n]), true, "-25", "-2"],
	["max", renderMax, cells([7n, 1n], [25n, 1n]), true, "25", "2"],
	["max of negatives", renderMax, cells([-7n, 1n], [0n, 0n]), true, "-7", "0"],
	[
		"unsigned max",
		renderMax,
		cells([-1n, 1n], [5n, 1n]),
		false,
		"18446744073709551615",
		"1844674407370955161",
	],
	["avg", renderAvg, cells([100n, 3n], [21n, 1n]), true, "30", "3"],
	["negative avg, towards zero", renderAvg, cells([-10n, 3n]), true, "-3", "0"],
	["avg of nothing", renderAvg, cells([0n, 0n]), true, "0", "0"],
	[
		"stats",
		renderStats,
		cells([100n, 3n], [21n, 1n]),
		true,
		"{ .count = 4, .average = 30, .total = 121 }",
		"{ .count = 4, .average = 3, .total = 121 }",
	],
];

describe("aggregates", () => {
	test.each(cases)("%s", (_name, render, merged, signed, text, divided) => {
		const rendered = render(merged, {}, signed);
		expect(rendered.text(1)).toBe(text);
		expect(rendered.text(0)).toBe(text);
		expect(rendered.text(10)).toBe(divided);
		expect(rendered.multiline).toBe(false);
	});
	test("they are sorted by their value", () => {
		expect(renderSum(cells([-5n]), {}, true).order).toBe(-5n);
		expect(renderStats(cells([10n, 2n]), {}, true).order).toBe(5n);
	});
	test("JSON", () => {
		const stats = renderStats(cells([10n, 2n]), {}, true);
		expect(writeJson(stats.json(5))).toBe(
			'{"count": 2, "average": 1, "total": 10}',
		);
		expect(writeJson(renderCount(cells([7n]), {}, false).json(1))).toBe("7");
	});
	test("averages are records of statistics", () => {
		expect(renderAvg(cells([1n, 1n]), {}, true).jsonType).toBe("stats");
		expect(renderCount(cells([1n]), {}, true).jsonType).toBe("map");
	});
});

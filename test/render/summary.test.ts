// What a histogram comes to: mean, and percentiles estimated from its buckets; llhist's borders.
import { expect, test } from "vitest";
import { renderHist } from "../../src/builtins/render/hist.ts";
import { renderLlhist } from "../../src/builtins/render/llhist.ts";
import { renderStddev } from "../../src/builtins/render/stddev.ts";
import { summaryText } from "../../src/builtins/render/summary.ts";

function cellsOf(counts: readonly (readonly [number, bigint, bigint])[]) {
	const buckets = new Map(
		counts.map(([bucket, count, sum]) => [bucket, { count, sum }]),
	);
	return { perCpu: [], buckets };
}

test("percentiles lie within their buckets, the mean is exact", () => {
	// hist: bucket 5 is 8 to 15, bucket 8 is 64 to 127.
	const cells = cellsOf([
		[5, 90n, 900n],
		[8, 10n, 1000n],
	]);
	const summary = renderHist(cells, { bits: 0 }, true).summary?.();
	expect(summary?.mean).toBe(19n);
	expect(summary && summaryText(summary, "us")).toBe(
		"mean 19 us; estimated from the buckets: p50 12, p95 96, p99 121\n",
	);
});

test("nothing counted comes to nothing", () => {
	expect(
		renderHist(cellsOf([]), { bits: 0 }, true).summary?.(),
	).toBeUndefined();
});

test("llhist goes by two digits", () => {
	const cells = cellsOf([
		[0, 1n, -5n],
		[1, 1n, 0n],
		[100, 1n, 99n],
		[101, 1n, 100n],
		[190, 1n, 990n],
		[191, 1n, 1000n],
		[1623, 1n, 9223372036854775807n],
	]);
	const lines = renderLlhist(cells, {}, true).text(1).split("\n");
	expect(lines.map((line) => line.split(/ {2,}| \d+ \|/)[0])).toEqual([
		"(..., 0)",
		"[0]",
		"[99]",
		"[100, 110)",
		"[990, 1000)",
		"[1000, 1100)",
		"[9200000000000000000, 9300000000000000000)",
		"",
	]);
});

test("stddev adds up CPUs, squares beyond 64 bits too", () => {
	const cell = (sum: bigint, count: bigint, squares: bigint) => {
		const view = new DataView(new ArrayBuffer(32));
		view.setBigInt64(0, sum, true);
		view.setBigUint64(8, count, true);
		view.setBigUint64(16, BigInt.asUintN(64, squares), true);
		view.setBigUint64(24, squares >> 64n, true);
		return view;
	};
	const far = 4_000_000_000_000n;
	const cells = {
		perCpu: [cell(far, 1n, far * far), cell(-far, 1n, far * far)],
		buckets: new Map(),
	};
	expect(renderStddev(cells, {}, true).text(1)).toBe(String(far));
});

// Histograms as text and JSON, whatever their buckets are: `[4, 8)   3 |@@@@   |`. hist and lhist supply the edges.
import type { JsonObject, JsonTree } from "../../base/json-tree.ts";
import type { MergedCells, RenderedAggregate } from "../host.ts";

import { greatest } from "./integers.ts";
import { summarize } from "./summary.ts";

/** A bucket's border: a value, and how it is written (`1K` for 1024). */
export interface Edge {
	readonly value: bigint;
	readonly label: string;
	/** Labels with a suffix never make a one-value bucket. */
	readonly plain: boolean;
}

/** From `low` up to, but not including, `high`; undefined is unbounded. */
export interface Bucket {
	readonly low: Edge | undefined;
	readonly high: Edge | undefined;
	readonly count: bigint;
}

const barWidth = 52;

export function plainEdge(value: bigint): Edge {
	return { value, label: String(value), plain: true };
}

/** First and last bucket that hold something; undefined when none does. */
export function filledRange(
	buckets: MergedCells["buckets"],
): { readonly first: number; readonly last: number } | undefined {
	let first = Number.POSITIVE_INFINITY;
	let last = -1;
	for (const [index, cell] of buckets) {
		if (cell.count === 0n) continue;
		first = Math.min(first, index);
		last = Math.max(last, index);
	}
	return last < 0 ? undefined : { first, last };
}

/** Events in all buckets. */
export function totalCount(buckets: MergedCells["buckets"]): bigint {
	let total = 0n;
	for (const cell of buckets.values()) total += cell.count;
	return total;
}

/** Sum of all values. */
export function totalSum(buckets: MergedCells["buckets"]): bigint {
	let total = 0n;
	for (const cell of buckets.values()) total += cell.sum;
	return BigInt.asIntN(64, total);
}

/** What hist and lhist come out as; `bucketsOf` gives the rows for a divisor. */
export function renderBuckets(
	buckets: MergedCells["buckets"],
	bucketsOf: (div: number) => readonly Bucket[],
): RenderedAggregate {
	return {
		order: totalCount(buckets),
		text: (div) => histogramText(bucketsOf(div)),
		multiline: true,
		summary: () => summarize(buckets, bucketsOf(1)),
		json: (div) => histogramJson(bucketsOf(div)),
		jsonType: "hist",
	};
}

/** Rows, each with its line end. */
export function histogramText(buckets: readonly Bucket[]): string {
	const most = Math.fround(Number(greatest(buckets.map((b) => b.count))));
	return buckets.map((bucket) => row(bucket, most)).join("");
}

function row(bucket: Bucket, most: number): string {
	// Single precision throughout, so that bars are as long as bpftrace's to the character. Divided counts can all be
	// zero: then there is no scale, and no bar.
	const count = Math.fround(Number(bucket.count));
	const share = most === 0 ? 0 : Math.fround(count / most);
	const bar = "@".repeat(Math.trunc(Math.fround(share * barWidth)));
	return `${heading(bucket).padEnd(16)}${String(bucket.count).padStart(8)} |${bar.padEnd(barWidth)}|\n`;
}

function heading({ low, high }: Bucket): string {
	if (low === undefined) return `(..., ${high?.label ?? "..."})`;
	if (high === undefined) return `[${low.label}, ...)`;
	if (low.plain && high.plain && low.value + 1n === high.value)
		return `[${low.label}]`;
	return `[${low.label}, ${high.label})`;
}

/** In JSON the borders are both inclusive. */
export function histogramJson(buckets: readonly Bucket[]): JsonTree {
	return buckets.map(({ low, high, count }): JsonObject => {
		const members: [string, JsonTree][] = [];
		if (low) members.push(["min", low.value]);
		if (high) members.push(["max", high.value - 1n]);
		members.push(["count", count]);
		return { members };
	});
}

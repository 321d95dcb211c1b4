// lhist(value, min, max, step): bucket 0 holds what is below `min`, then one bucket per step, the last what is at or
// above `max`.
import type { AggregateDefinition } from "../definition.ts";
import type { MergedCells } from "../host.ts";
import {
	type Bucket,
	type Edge,
	filledRange,
	plainEdge,
	renderBuckets,
} from "./histogram.ts";
import { type LinearRow, linearTable } from "./linear-table.ts";

export interface LinearRange {
	readonly min: number;
	readonly max: number;
	readonly step: number;
}

const kilo = 1024;
const mega = 1024 * 1024;

export const renderLhist: AggregateDefinition["render"] = (
	{ buckets },
	params,
) => {
	const range = {
		min: Number(params.min),
		max: Number(params.max),
		step: Number(params.step),
	};
	// Counts of linear histograms are not divided.
	return {
		...renderBuckets(buckets, () => lhistBuckets(buckets, range)),
		table: (unit) => linearTable(linearRows(buckets, range), unit),
	};
};

/** How many buckets lhist can fill. */
export function lhistBucketCount({ min, max, step }: LinearRange): number {
	return Math.trunc((max - min) / step) + 2;
}

export function lhistBuckets(
	buckets: MergedCells["buckets"],
	{ min, max, step }: LinearRange,
): readonly Bucket[] {
	const range = filledRange(buckets);
	if (!range) return [];
	const rows: Bucket[] = [];
	for (let i = range.first; i <= range.last; i++) {
		const high = min + i * step;
		rows.push({
			low: i === 0 ? undefined : edge(high - step, step),
			high: high <= max ? edge(high, step) : undefined,
			count: buckets.get(i)?.count ?? 0n,
		});
	}
	return rows;
}

/** From the first step, so that tables can be compared, to the last that holds something. */
function linearRows(
	buckets: MergedCells["buckets"],
	{ min, max, step }: LinearRange,
): readonly LinearRow[] {
	const found = filledRange(buckets);
	if (!found) return [];
	const first = Math.min(1, found.first);
	return Array.from({ length: found.last - first + 1 }, (_, i) => {
		const low = min + (first + i - 1) * step;
		const count = buckets.get(first + i)?.count ?? 0n;
		if (low < min) return { label: `< ${min}`, count };
		if (low + step > max) return { label: `>= ${low}`, count };
		return {
			label: step === 1 ? String(low) : `${low} -> ${low + step - 1}`,
			count,
		};
	});
}

/** Suffixes only where every border can have one. */
function edge(value: number, step: number): Edge {
	if (step % kilo !== 0) return plainEdge(BigInt(value));
	return { value: BigInt(value), label: suffixed(value), plain: false };
}

function suffixed(value: number): string {
	if (value === 0) return "0";
	if (value % mega === 0) return `${value / mega}M`;
	if (value % kilo === 0) return `${value / kilo}K`;
	return String(value);
}

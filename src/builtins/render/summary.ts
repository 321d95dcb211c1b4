// Mean and percentiles of a histogram. Percentiles are estimates: values are taken to lie evenly within their bucket.
import type { HistogramSummary, MergedCells } from "../host.ts";
import { type Bucket, totalCount, totalSum } from "./histogram.ts";

const percentiles = [50, 95, 99] as const;

export function summarize(
	buckets: MergedCells["buckets"],
	rows: readonly Bucket[],
): HistogramSummary | undefined {
	const count = totalCount(buckets);
	if (count === 0n) return undefined;
	const sum = totalSum(buckets);
	return {
		count,
		sum,
		mean: sum / count,
		percentiles: percentiles.map((percent) => [
			`p${percent}`,
			estimate(rows, (Number(count) * percent) / 100),
		]),
	};
}

/** The value below which `wanted` of the events lie. */
function estimate(rows: readonly Bucket[], wanted: number): bigint {
	let before = 0;
	for (const { low, high, count } of rows) {
		const here = Number(count);
		if (before + here >= wanted && here > 0) {
			// An open bucket has but one border that is known.
			const from = low?.value ?? high?.value ?? 0n;
			const to = (low && high?.value) ?? from;
			const share = Math.max(0, wanted - before) / here;
			return from + BigInt(Math.floor(Number(to - from) * share));
		}
		before += here;
	}
	return 0n;
}

/** `mean 52 us; estimated from the buckets: p50 47, p95 90, p99 120` */
export function summaryText(
	{ mean, percentiles: found }: HistogramSummary,
	unit: string,
): string {
	const told = found.map(([name, value]) => `${name} ${value}`).join(", ");
	return `mean ${mean} ${unit}; estimated from the buckets: ${told}\n`;
}

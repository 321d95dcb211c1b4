// hist(value, bits): power-of-two buckets, each split into 2^bits. Bucket 0 holds negative values, bucket n + 1 the
// values whose index is n: values below 2^(bits+1) are their own index, above that the index is
// ((power + 1) << bits) + interval, `power` being log2(value) - bits and `interval` the `bits` bits after the leading one.
import type { AggregateDefinition } from "../definition.ts";
import type { MergedCells } from "../host.ts";
import {
	type Bucket,
	type Edge,
	filledRange,
	plainEdge,
	renderBuckets,
} from "./histogram.ts";
import { type Log2Slots, log2Table } from "./log2-table.ts";

const suffixes = ["", "K", "M", "G", "T", "P", "E"];

export const renderHist: AggregateDefinition["render"] = (
	{ buckets },
	params,
) => {
	const bits = Number(params.bits ?? 0);
	return {
		...renderBuckets(buckets, (div) => histBuckets(buckets, bits, div)),
		table: (unit) => log2Table(log2Slots(buckets, bits), unit),
	};
};

/** How many buckets hist can fill. */
export function histBucketCount(bits: number): number {
	return ((65 - bits) << bits) + 1;
}

/** The rows between the first and the last bucket that hold something. */
export function histBuckets(
	buckets: MergedCells["buckets"],
	bits: number,
	div = 1,
): readonly Bucket[] {
	const range = filledRange(buckets);
	if (!range) return [];
	const rows: Bucket[] = [];
	for (let i = range.first; i <= range.last; i++) {
		rows.push({
			low: i === 0 ? undefined : edge(i - 1, bits),
			high: edge(i, bits),
			count: (buckets.get(i)?.count ?? 0n) / BigInt(Math.max(1, div)),
		});
	}
	return rows;
}

/** The least value with that index. */
function edge(index: number, bits: number): Edge {
	if (index <= 2 << bits) return plainEdge(BigInt(index));
	const { power, mantissa } = split(index, bits);
	const decade = Math.trunc(power / 10);
	return {
		value: mantissa << BigInt(power),
		label: `${mantissa << BigInt(power - 10 * decade)}${suffixes[decade] ?? ""}`,
		plain: false,
	};
}

/** The least value of an index is `mantissa << power`. */
function split(
	index: number,
	bits: number,
): { readonly power: number; readonly mantissa: bigint } {
	const intervals = 1 << bits;
	return {
		power: (index >> bits) - 1,
		mantissa: BigInt(intervals + (index & (intervals - 1))),
	};
}

/** Counts by plain log2: slot 0 holds 0 and 1, slot n the values from 2^n on. */
function log2Slots(buckets: MergedCells["buckets"], bits: number): Log2Slots {
	const slots: bigint[] = [];
	let negative = 0n;
	for (const [index, { count }] of buckets) {
		if (index === 0) {
			negative += count;
			continue;
		}
		const slot = log2OfIndex(index - 1, bits);
		slots[slot] = (slots[slot] ?? 0n) + count;
	}
	return { negative, counts: Array.from(slots, (count) => count ?? 0n) };
}

function log2OfIndex(index: number, bits: number): number {
	if (index < 2 << bits) return 31 - Math.clz32(Math.max(1, index));
	return (index >> bits) - 1 + bits;
}

// llhist(value): bucket 0 holds negative values, 1 to 100 the values 0 to 99; then ninety buckets for each power of ten,
// by the two leading digits 10 to 99.
import type { AggregateDefinition } from "../definition.ts";
import type { MergedCells } from "../host.ts";
import { type Bucket, plainEdge, renderBuckets } from "./histogram.ts";

const exact = 100;
const perPower = 90;
/** 2^63 - 1 has 19 digits: its leading two are followed by 17. */
const mostPowers = 17;

/** How many buckets llhist can fill. */
export const llhistBuckets = 1 + exact + perPower * mostPowers;

export const renderLlhist: AggregateDefinition["render"] = ({ buckets }) =>
	renderBuckets(buckets, (div) => filledBuckets(buckets, div));

function filledBuckets(
	buckets: MergedCells["buckets"],
	div: number,
): readonly Bucket[] {
	return [...buckets]
		.filter(([, { count }]) => count > 0n)
		.sort(([a], [b]) => a - b)
		.map(([index, { count }]) => ({
			low: index === 0 ? undefined : plainEdge(leastOf(index)),
			high: plainEdge(leastOf(index + 1)),
			count: count / BigInt(Math.max(1, div)),
		}));
}

/** The least value of a bucket. */
function leastOf(index: number): bigint {
	const place = index - 1;
	if (place <= exact) return BigInt(place);
	const beyond = place - exact;
	const power = Math.floor(beyond / perPower) + 1;
	return BigInt(10 + (beyond % perPower)) * 10n ** BigInt(power);
}

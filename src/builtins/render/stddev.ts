// stddev(): cells of `{ s64 sum; u64 count; u64 low, high; }`, the sum of the squares being high * 2^64 + low.
import type { AggregateDefinition } from "../definition.ts";
import { renderInteger } from "./aggregate-value.ts";

export const renderStddev: AggregateDefinition["render"] = (cells) => {
	let sum = 0n;
	let count = 0n;
	let squares = 0n;
	for (const cell of cells.perCpu) {
		sum += cell.getBigInt64(0, true);
		count += cell.getBigUint64(8, true);
		squares +=
			cell.getBigUint64(16, true) + (cell.getBigUint64(24, true) << 64n);
	}
	if (count === 0n) return renderInteger(0n, "stats");
	const variance = (squares * count - sum * sum) / (count * count);
	return renderInteger(squareRoot(variance), "stats");
};

/** Rounded down. */
function squareRoot(value: bigint): bigint {
	if (value < 2n) return value < 0n ? 0n : value;
	let root = BigInt(Math.floor(Math.sqrt(Number(value))));
	while (root * root > value) root--;
	while ((root + 1n) * (root + 1n) <= value) root++;
	return root;
}

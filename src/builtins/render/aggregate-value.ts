// What the one-number aggregations have in common: their rendering, and how {value, set} and {sum, count} cells merge.
import type { MergedCells, RenderedAggregate } from "../host.ts";
import { readWord } from "./integers.ts";

/** An aggregate that comes out as one integer. */
export function renderInteger(
	value: bigint,
	jsonType: "map" | "stats",
): RenderedAggregate {
	const divided = (div: number) => (div > 1 ? value / BigInt(div) : value);
	return {
		order: value,
		numbers: [value],
		text: (div) => String(divided(div)),
		multiline: false,
		json: divided,
		jsonType,
	};
}

/** Cells of one u64 or s64: their sum. */
export function sumOfCells(cells: MergedCells, signed: boolean): bigint {
	let total = 0n;
	for (const cell of cells.perCpu) total += readWord(cell, 0, signed);
	return wrap(total, signed);
}

/** Cells of `{ value; u64 set; }`: the least or greatest value that was set, 0 when none was. */
export function extremeOfCells(
	cells: MergedCells,
	signed: boolean,
	better: (a: bigint, b: bigint) => boolean,
): bigint {
	let best: bigint | undefined;
	for (const cell of cells.perCpu) {
		if (cell.getBigUint64(8, true) === 0n) continue;
		const value = readWord(cell, 0, signed);
		if (best === undefined || better(value, best)) best = value;
	}
	return best ?? 0n;
}

export interface Average {
	readonly sum: bigint;
	readonly count: bigint;
	/** Rounded towards zero; 0 when nothing was counted. */
	readonly average: bigint;
}

/** Cells of `{ sum; u64 count; }`. */
export function averageOfCells(cells: MergedCells, signed: boolean): Average {
	let sum = 0n;
	let count = 0n;
	for (const cell of cells.perCpu) {
		sum += readWord(cell, 0, signed);
		count += cell.getBigUint64(8, true);
	}
	sum = wrap(sum, signed);
	return { sum, count, average: count === 0n ? 0n : sum / count };
}

/** As 64-bit arithmetic wraps. */
function wrap(value: bigint, signed: boolean): bigint {
	return signed ? BigInt.asIntN(64, value) : BigInt.asUintN(64, value);
}

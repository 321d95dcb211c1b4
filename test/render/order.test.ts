// The order of a map's elements, against sorting them one by one.
import { expect, test } from "vitest";
import type { MapElements } from "../../runtime/maps/elements.ts";
import { type Rank, rankElements } from "../../runtime/maps/order.ts";
import { sortByNumbers } from "../../runtime/maps/radix-sort.ts";
import type { ValueLayout } from "../../src/types/value-layout.ts";

const int64: ValueLayout = { kind: "int", size: 8, signed: true };

function elementsWith(keys: readonly bigint[]): MapElements {
	const bytes = BigInt64Array.from(keys);
	return {
		count: keys.length,
		keys: new DataView(bytes.buffer),
		keyAt: (index) => index * 8,
		cells: () => ({ perCpu: [], buckets: new Map() }),
		shared: undefined,
	};
}

/** The keys in their printed order. */
function printed(keys: readonly bigint[], ranks?: readonly Rank[]): bigint[] {
	const rankOf = ranks && ((i: number) => ranks[i] ?? 0);
	const order = rankElements(elementsWith(keys), int64, rankOf);
	return [...order].map((i) => keys[i] ?? 0n);
}

/** A linear congruential generator, so that a failure comes again. */
function numbers(count: number, of: (word: number) => number): number[] {
	let state = 12345;
	return Array.from({ length: count }, () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return of(state);
	});
}

const columns: readonly [string, number[]][] = [
	["none", []],
	["one", [5]],
	["equal ones", [3, 3, 3]],
	["negative, zero of both signs, positive", [0, -1, 1, -0, -5, 7, 0]],
	["halves and infinities", [0.5, -0.5, Infinity, -Infinity, 1e-300, 0.25]],
	["the ends of what is exact", [2 ** 53, -(2 ** 53), 2 ** 53 - 1, 2 ** 32]],
	["many of few values", numbers(5000, (word) => word % 7)],
	["many of 32 bits", numbers(5000, (word) => word)],
	[
		"many of 52 bits, of both signs",
		numbers(5000, (word) => (word - 2 ** 31) * 2 ** 20 + word),
	],
];

test.each(columns)("by number, equal ones as they were: %s", (_, column) => {
	const indices = Uint32Array.from(column.keys());
	const compared = [...column.keys()].sort(
		(a, b) => (column[a] ?? 0) - (column[b] ?? 0) || a - b,
	);
	const sorted = sortByNumbers(indices, Float64Array.from(column));
	// Infinity less itself is no number, but there is only one of each.
	expect([...sorted]).toEqual(compared);
});

test("keys decide where values are equal, or have no order", () => {
	expect(printed([3n, -1n, 2n])).toEqual([-1n, 2n, 3n]);
	expect(printed([3n, -1n, 2n], [1, 1, 1])).toEqual([-1n, 2n, 3n]);
	expect(printed([3n, -1n, 2n], [5, 9, 5])).toEqual([2n, 3n, -1n]);
});

test("integers that no double holds are told apart", () => {
	const large = 2n ** 62n;
	expect(printed([large + 1n, large - 1n, large])).toEqual([
		large - 1n,
		large,
		large + 1n,
	]);
	expect(printed([1n, 2n, 3n], [large + 1n, -large, large])).toEqual([
		2n,
		3n,
		1n,
	]);
	expect(printed([1n, 2n, 3n], [2n ** 64n - 1n, 2n ** 64n - 2n, 5])).toEqual([
		3n,
		2n,
		1n,
	]);
});

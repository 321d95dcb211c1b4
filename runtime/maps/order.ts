// The order in which a map's elements are printed: by value where values have an order, then by key. A million of them
// are sorted as numbers in a few flat arrays, not as objects.
import { integerReader } from "../../src/builtins/render/integers.ts";
import type { ValueLayout } from "../../src/types/value-layout.ts";
import type { MapElements } from "./elements.ts";
import { keyComparer } from "./key-order.ts";
import { sortByNumbers } from "./radix-sort.ts";

export type Rank = number | bigint;

/** Indices of the elements, least first. `rankOf`: what a value is sorted by; without it the keys decide. */
export function rankElements(
	elements: MapElements,
	layout: ValueLayout,
	rankOf: ((index: number) => Rank) | undefined,
): Uint32Array {
	const byKey = sortByKeys(elements, layout);
	return rankOf ? sortByRanks(byKey, rankOf) : byKey;
}

export function sortByKeys(
	elements: MapElements,
	layout: ValueLayout,
): Uint32Array {
	const indices = new Uint32Array(elements.count);
	for (let i = 0; i < indices.length; i++) indices[i] = i;
	const { keys } = elements;
	if (layout.kind === "int" || layout.kind === "enum") {
		const read = integerReader(layout.size, layout.signed);
		return sortByRanks(indices, (i) => read(keys, elements.keyAt(i)));
	}
	const compare = keyComparer(layout, keys);
	return indices.sort((a, b) => compare(elements.keyAt(a), elements.keyAt(b)));
}

/** Those of equal rank stay in their order. */
function sortByRanks(
	indices: Uint32Array,
	rankOf: (index: number) => Rank,
): Uint32Array {
	const column = new Float64Array(indices.length);
	for (let i = 0; i < column.length; i++) {
		const rank = rankOf(i);
		const double = Number(rank);
		// Integers beyond a double's precision are compared as they are.
		if (typeof rank === "bigint" && !Number.isSafeInteger(double))
			return compareRanks(indices, rankOf);
		column[i] = double;
	}
	return sortByNumbers(indices, column);
}

function compareRanks(
	indices: Uint32Array,
	rankOf: (index: number) => Rank,
): Uint32Array {
	const ranks = Array.from(indices, (_, i) => rankOf(i));
	return indices.sort((a, b) => {
		const x = ranks[a] ?? 0;
		const y = ranks[b] ?? 0;
		return x < y ? -1 : x > y ? 1 : 0;
	});
}

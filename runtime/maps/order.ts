// The order in which a map's elements are printed: by value where values have an order, then by key. A million of them
// are sorted as numbers in a few flat arrays, not as objects.
import { integerReader } from "../../src/builtins/render/integers.ts";
import type { ValueLayout } from "../../src/types/value-layout.ts";
import type { MapElements } from "./elements.ts";
import { keyComparer } from "./key-order.ts";

type Rank = number | bigint;
type Comparer = (a: number, b: number) => number;

/** Indices of the elements, least first. `orderOf`: what a value is sorted by. */
export function rankElements(
	elements: MapElements,
	layout: ValueLayout,
	orderOf: (index: number) => Rank | undefined,
): Uint32Array {
	const indices = Uint32Array.from({ length: elements.count }, (_, i) => i);
	const byKey = compareKeys(elements, layout);
	let ranked = false;
	const orders = columnOf(elements.count, (i) => {
		const order = orderOf(i);
		ranked ||= order !== undefined;
		return order ?? 0;
	});
	if (!ranked) return indices.sort(byKey);
	const byValue = compareColumn(orders);
	return indices.sort((a, b) => byValue(a, b) || byKey(a, b));
}

function compareKeys(elements: MapElements, layout: ValueLayout): Comparer {
	if (layout.kind === "int" || layout.kind === "enum") {
		const read = integerReader(layout.size, layout.signed);
		return compareColumn(
			columnOf(elements.count, (i) => read(elements.at(i).key, 0)),
		);
	}
	const compare = keyComparer(layout);
	const keys = Array.from(
		{ length: elements.count },
		(_, i) => elements.at(i).key,
	);
	return (a, b) => {
		const x = keys[a];
		const y = keys[b];
		return x && y ? compare(x, y) : 0;
	};
}

/** Doubles as long as all are; integers beyond their precision come as BigInts. */
function columnOf(
	count: number,
	valueAt: (index: number) => Rank,
): Float64Array | readonly Rank[] {
	const doubles = new Float64Array(count);
	for (let i = 0; i < count; i++) {
		const value = valueAt(i);
		if (typeof value === "bigint")
			return Array.from({ length: count }, (_, k) => valueAt(k));
		doubles[i] = value;
	}
	return doubles;
}

function compareColumn(column: ArrayLike<Rank>): Comparer {
	return (a, b) => {
		const x = column[a] ?? 0;
		const y = column[b] ?? 0;
		return x < y ? -1 : x > y ? 1 : 0;
	};
}

// A map's elements → the rows of print_rows(): each element becomes a record of its key's and its value's parts.
import type { MergedCells } from "../../src/builtins/host.ts";
import { integerReader } from "../../src/builtins/render/integers.ts";
import {
	compileRow,
	partsOfLayout,
	type RowPart,
} from "../../src/builtins/render/row.ts";
import type { ScriptMap } from "../../src/plan.ts";
import {
	type LayoutField,
	layoutSize,
	type ValueLayout,
} from "../../src/types/value-layout.ts";
import { aggregateOf, type ContentOptions, mergePlain } from "./content.ts";
import type { MapElements } from "./elements.ts";
import { sortByKeys } from "./order.ts";

export interface RowOptions extends Omit<ContentOptions, "empty"> {
	readonly ascending: boolean;
}

/** What a row's value is made of, and how its bytes are come by. */
interface RowValue {
	readonly fields: readonly LayoutField[];
	/** Of these numbers only the one at that index and those after it are divided. */
	readonly dividedFrom: number;
	readonly bytes: (cells: MergedCells) => Uint8Array;
}

export function mapRows(
	script: ScriptMap,
	elements: MapElements,
	format: string,
	options: RowOptions,
): string {
	const { top, div, ascending, context } = options;
	const value = rowValue(script, options);
	const keyBytes = script.key ? layoutSize(script.key) : 0;
	const parts: readonly RowPart[] = [
		...(script.key ? partsOfLayout(script.key) : []).map(
			({ offset, layout }) => ({ offset, layout, div: 1 }),
		),
		...value.fields.map(({ offset, layout }, i) => ({
			offset: keyBytes + offset,
			layout,
			div: i >= value.dividedFrom ? div : 1,
		})),
	];
	const row = compileRow(format, parts, context);
	const ranked = indicesByKey(script, elements)
		.map((i) => recordOf(elements, i, keyBytes, value.bytes))
		.map((record) => ({ record, order: orderOf(record, parts.at(-1)) }))
		.sort((a, b) => compare(b.order, a.order));
	const kept = top > 0 ? ranked.slice(0, top) : ranked;
	if (ascending) kept.reverse();
	return kept.map(({ record }) => row(record, 0)).join("");
}

function indicesByKey(
	{ key }: ScriptMap,
	elements: MapElements,
): readonly number[] {
	return key === undefined
		? Array.from({ length: elements.count }, (_, i) => i)
		: [...sortByKeys(elements, key)];
}

function recordOf(
	{ keys, keyAt, cells }: MapElements,
	index: number,
	keyBytes: number,
	valueBytes: RowValue["bytes"],
): DataView {
	const value = valueBytes(cells(index));
	const bytes = new Uint8Array(keyBytes + value.length);
	const start = keys.byteOffset + (keyBytes > 0 ? keyAt(index) : 0);
	bytes.set(new Uint8Array(keys.buffer, start, keyBytes));
	bytes.set(value, keyBytes);
	return new DataView(bytes.buffer);
}

/** Rows go by the last number: a total, where there are several. */
function orderOf(record: DataView, last: RowPart | undefined): number | bigint {
	if (last?.layout.kind !== "int") return 0;
	const { size, signed } = last.layout;
	return integerReader(size, signed)(record, last.offset);
}

function compare(a: number | bigint, b: number | bigint): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

function rowValue(script: ScriptMap, options: RowOptions): RowValue {
	const { value } = script;
	if (value.kind === "plain") return plainValue(value.layout);
	const { render } = aggregateOf(value, options);
	const { params, signed } = value;
	const numbersOf = (cells: MergedCells) =>
		render(cells, params, signed).numbers ?? [];
	const none: MergedCells = { perCpu: [], buckets: new Map() };
	const layout: ValueLayout = { kind: "int", size: 8, signed };
	const fields = numbersOf(none).map((_, i) => ({ offset: 8 * i, layout }));
	return {
		fields,
		// The count of stats() stands first, and stays as it is.
		dividedFrom: fields.length > 1 ? 1 : 0,
		bytes: (cells) => {
			const words = numbersOf(cells).map((n) => BigInt.asUintN(64, n));
			return new Uint8Array(BigUint64Array.from(words).buffer);
		},
	};
}

function plainValue(layout: ValueLayout): RowValue {
	return {
		fields: partsOfLayout(layout),
		dividedFrom: 0,
		bytes: ({ perCpu }) => {
			const cell = mergePlain(layout, perCpu);
			return new Uint8Array(cell.buffer, cell.byteOffset, layoutSize(layout));
		},
	};
}

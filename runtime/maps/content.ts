// A map's elements → what is printed of them: sorted, the greatest `top` of them, each with its renderers.
import type {
	AggregateDefinition,
	BuiltinDefinition,
} from "../../src/builtins/definition.ts";
import type {
	MergedCells,
	RenderedAggregate,
} from "../../src/builtins/host.ts";
import type { RenderContext } from "../../src/builtins/render/context.ts";
import { integerReader } from "../../src/builtins/render/integers.ts";
import { jsonRenderer } from "../../src/builtins/render/value-json.ts";
import {
	keyTextRenderer,
	textRenderer,
	tight,
} from "../../src/builtins/render/value-text.ts";
import type { ScriptMap } from "../../src/plan.ts";
import { intType } from "../../src/types/types.ts";
import { layoutSize, type ValueLayout } from "../../src/types/value-layout.ts";
import type { MapContent, MapEntries, MapValue } from "../output/sink.ts";
import { allCells, type MapElements } from "./elements.ts";
import { type Rank, rankElements } from "./order.ts";
import type { ScriptMapPlan } from "./script-maps.ts";

export interface ContentOptions {
	readonly context: RenderContext;
	readonly builtin: (name: string) => BuiltinDefinition | undefined;
	/** 0 for all. */
	readonly top: number;
	/** At least 1. */
	readonly div: number;
	/** What a scalar that was never set is printed as. */
	readonly empty: "zero" | "nothing";
}

/** Values of elements: one by one, or only of all together (a graph's rows have one scale). */
interface Valuer {
	readonly one: (cells: MergedCells) => MapValue;
	/** The order of one alone; undefined where values have none. */
	readonly orderOf: ((cells: MergedCells) => Rank) | undefined;
	readonly all:
		| ((cells: readonly MergedCells[]) => readonly MapValue[])
		| undefined;
	/** The first two for a plain value, where it lies. */
	readonly inPlace?: {
		readonly one: (view: DataView, at: number) => MapValue;
		readonly orderOf: ((view: DataView, at: number) => Rank) | undefined;
	};
}

export function mapContent(
	{ script }: ScriptMapPlan,
	elements: MapElements,
	options: ContentOptions,
): MapContent | undefined {
	const evaluate = valuer(script, options);
	if (script.scalar) {
		const found =
			elements.count > 0 ? elements.cells(0) : emptyCells(script, options);
		const value = found && valuesOf(evaluate, [found])[0];
		return value && { kind: "scalar", unit: script.unit, value };
	}
	return {
		kind: "keyed",
		unit: script.unit,
		entries: entriesOf(script, elements, evaluate, options),
		jsonType:
			valuesOf(evaluate, [zeroCells(script, options)])[0]?.jsonType ?? "map",
	};
}

function valuesOf(
	{ one, all }: Valuer,
	cells: readonly MergedCells[],
): readonly MapValue[] {
	return all ? all(cells) : cells.map(one);
}

function entriesOf(
	{ key: layout }: ScriptMap,
	elements: MapElements,
	evaluate: Valuer,
	{ top, context }: ContentOptions,
): MapEntries {
	if (layout === undefined) return noEntries;
	const { one, orderOf } = ofElements(evaluate, elements);
	const order = rankElements(elements, layout, orderOf);
	const shown = top > 0 ? order.subarray(-top) : order;
	const { keys } = elements;
	const text = keyTextRenderer(layout, context);
	const jsonText = keyTextRenderer(layout, context, tight);
	return {
		length: shown.length,
		*[Symbol.iterator]() {
			for (const index of shown) {
				const at = elements.keyAt(index);
				yield {
					key: () => text(keys, at),
					jsonKey: () => jsonText(keys, at),
					value: one(index),
				};
			}
		},
	};
}

/** Values and their order by the elements' numbers, by the shortest way. */
function ofElements(
	{ one, orderOf, all, inPlace }: Valuer,
	elements: MapElements,
): {
	one: (index: number) => MapValue;
	orderOf: ((index: number) => Rank) | undefined;
} {
	const { shared } = elements;
	if (inPlace && shared) {
		const { orderOf: rank } = inPlace;
		return {
			one: (i) => inPlace.one(shared.values, shared.at(i)),
			orderOf: rank && ((i) => rank(shared.values, shared.at(i))),
		};
	}
	const values = all?.(allCells(elements));
	return {
		one: (i) => values?.[i] ?? one(elements.cells(i)),
		orderOf: orderOf && ((i) => orderOf(elements.cells(i))),
	};
}

const noEntries: MapEntries = { length: 0, *[Symbol.iterator]() {} };

/** A scalar that was never set: `print` shows zero, except for histograms, the report at exit nothing. */
function emptyCells(
	script: ScriptMap,
	options: ContentOptions,
): MergedCells | undefined {
	return options.empty === "zero" && !script.bucketed
		? zeroCells(script, options)
		: undefined;
}

function zeroCells({ value }: ScriptMap, options: ContentOptions): MergedCells {
	const size =
		value.kind === "plain"
			? layoutSize(value.layout)
			: cellSize(value, options);
	return { perCpu: [new DataView(new ArrayBuffer(size))], buckets: new Map() };
}

type AggregateValue = Extract<ScriptMap["value"], { kind: "aggregate" }>;

/** Bytes of one CPU's cell. */
function cellSize(value: AggregateValue, options: ContentOptions): number {
	const { name, params, signed } = value;
	const of = intType(8, signed);
	const type = { kind: "aggregate", name, params, of } as const;
	const cells = aggregateOf(value, options).cells(type);
	return "size" in cells ? cells.size : 0;
}

export function aggregateOf(
	{ name }: AggregateValue,
	{ builtin }: Pick<ContentOptions, "builtin">,
): AggregateDefinition {
	const aggregate = builtin(name)?.aggregate;
	if (aggregate === undefined)
		throw new Error(`E0913: no builtin renders maps of ${name}()`);
	return aggregate;
}

function valuer({ value }: ScriptMap, options: ContentOptions): Valuer {
	if (value.kind === "plain") return plainValuer(value.layout, options);
	const { params, signed } = value;
	const aggregate = aggregateOf(value, options);
	const { render, renderAll } = aggregate;
	return {
		one: (cells) => aggregateValue(render(cells, params, signed), options.div),
		orderOf: (cells) => render(cells, params, signed).order ?? 0,
		all:
			renderAll &&
			((cells) =>
				renderAll(cells, params, signed).map((rendered) =>
					aggregateValue(rendered, options.div),
				)),
	};
}

function aggregateValue(
	{ text, multiline, summary, table, json, jsonType }: RenderedAggregate,
	div: number,
): MapValue {
	return {
		text: () => text(div),
		multiline,
		...(summary && { summary }),
		table,
		json: () => json(div),
		jsonType,
	};
}

function plainValuer(
	layout: ValueLayout,
	{ context, div }: ContentOptions,
): Valuer {
	const text = textRenderer(layout, context, div);
	const json = jsonRenderer(layout, context, div);
	const ranked = layout.kind === "int" || layout.kind === "enum";
	const read = ranked ? integerReader(layout.size, layout.signed) : undefined;
	const one = (view: DataView, at: number): MapValue => ({
		text: () => text(view, at),
		multiline: false,
		json: () => json(view, at),
		jsonType: "map",
	});
	return {
		one: ({ perCpu }) => one(mergePlain(layout, perCpu), 0),
		orderOf: read && (({ perCpu }) => read(mergePlain(layout, perCpu), 0)),
		all: undefined,
		inPlace: { one, orderOf: read },
	};
}

/** Per-CPU integers add up; of other values, which can't, the first CPU's that is set counts. */
export function mergePlain(
	layout: ValueLayout,
	perCpu: readonly DataView[],
): DataView {
	const first = perCpu[0] ?? new DataView(new ArrayBuffer(layoutSize(layout)));
	if (perCpu.length < 2) return first;
	if (layout.kind === "int") return sumOf(layout.size, perCpu);
	return perCpu.find(isSet) ?? first;
}

function sumOf(size: 1 | 2 | 4 | 8, perCpu: readonly DataView[]): DataView {
	const read = integerReader(size, false);
	const total = perCpu.reduce((sum, cell) => sum + BigInt(read(cell, 0)), 0n);
	const cell = new DataView(new ArrayBuffer(8));
	cell.setBigUint64(0, BigInt.asUintN(64, total), true);
	return cell;
}

function isSet(cell: DataView): boolean {
	for (let i = 0; i < cell.byteLength; i++)
		if (cell.getUint8(i) !== 0) return true;
	return false;
}

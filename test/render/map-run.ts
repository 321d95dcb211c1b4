// Runs a map's raw contents through the script's maps and a sink.
import type { MapContents } from "../../runtime/maps/read.ts";
import { scriptMaps } from "../../runtime/maps/script-maps.ts";
import { jsonSink } from "../../runtime/output/json.ts";
import { textSink } from "../../runtime/output/text.ts";
import type {
	AggregateDefinition,
	BuiltinDefinition,
} from "../../src/builtins/definition.ts";
import { renderAvg } from "../../src/builtins/render/avg.ts";
import { renderCount } from "../../src/builtins/render/count.ts";
import { renderHist } from "../../src/builtins/render/hist.ts";
import { renderStats } from "../../src/builtins/render/stats.ts";
import type { MapPlan, ScriptMap } from "../../src/plan.ts";
import { voidType } from "../../src/types/types.ts";
import type { ValueLayout } from "../../src/types/value-layout.ts";
import { context, type Piece } from "./fixtures.ts";

const aggregates: Readonly<Record<string, AggregateDefinition["render"]>> = {
	count: renderCount,
	avg: renderAvg,
	stats: renderStats,
	hist: renderHist,
};

function builtin(name: string): BuiltinDefinition | undefined {
	const render = aggregates[name];
	if (!render) return undefined;
	return {
		name,
		group: "aggregation",
		signatures: [],
		doc: "",
		example: "",
		check: () => voidType,
		aggregate: { cells: () => ({ size: 16 }), render },
	};
}

type Element = readonly [key: DataView, ...cells: DataView[]];

function contentsOf(elements: readonly Element[]): MapContents {
	const keys = elements.map(([key]) => Buffer.from(key.buffer));
	const cells = elements.flatMap(([, ...cells]) =>
		cells.map((cell) => Buffer.from(cell.buffer)),
	);
	const cpus = Math.max(1, (elements[0]?.length ?? 2) - 1);
	const valueSize = cells[0]?.length ?? 8;
	return {
		count: elements.length,
		keys: new Uint8Array(Buffer.concat(keys)),
		values: new Uint8Array(Buffer.concat(cells)),
		keySize: keys[0]?.length ?? 4,
		valueSize,
		valueStride: valueSize * cpus,
		cpuStride: valueSize,
		cpus,
	};
}

export interface Run {
	readonly script: Partial<ScriptMap> & Pick<ScriptMap, "value">;
	readonly type?: MapPlan["type"];
	readonly elements: readonly Element[];
}

/** What goes to stdout while `use` is at work. */
export function output(
	{ script, type = "hash", elements }: Run,
	use: (maps: ReturnType<typeof scriptMaps>) => void,
	form: "text" | "json" = "text",
): string {
	let written = "";
	const out = {
		write: (piece: string) => {
			written += piece;
		},
		flush() {},
		finish() {},
		choked: false,
		waitedMs: 0,
	};
	const options = { out, errors: out, quiet: false, warnings: true };
	const scalar = script.key === undefined;
	const map: MapPlan = {
		symbol: "m_x",
		role: "script",
		type,
		keySize: 8,
		valueSize: 8,
		maxEntries: 100,
		script: { name: "x", scalar, bucketed: false, ...script },
	};
	const maps = scriptMaps({
		maps: [map],
		access: {
			read: () => contentsOf(elements),
			clear: () => {},
			zero: () => {},
		},
		sink: form === "text" ? textSink(options) : jsonSink(options),
		context,
		builtin,
	});
	use(maps);
	return written;
}

export const printAll = (maps: ReturnType<typeof scriptMaps>) =>
	maps.printAll();
export const number = (value: number): Piece => [8, value];
export const plain = (layout: ValueLayout): ScriptMap["value"] => ({
	kind: "plain",
	layout,
});
export const aggregate = (name: string): ScriptMap["value"] => ({
	kind: "aggregate",
	name,
	params: { bits: 0 },
	signed: true,
});

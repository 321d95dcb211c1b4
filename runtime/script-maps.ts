// The script's maps as `print`, `clear`, `zero` and the report at exit see them.
import type { BuiltinDefinition } from "../src/builtins/definition.ts";
import type { MapStore } from "../src/builtins/host.ts";
import type { RenderContext } from "../src/builtins/render/context.ts";
import type { MapPlan, ScriptMap } from "../src/plan.ts";
import { mapContent } from "./map-content.ts";
import { elementsOf } from "./map-elements.ts";
import type { MapContents } from "./map-read.ts";
import type { MapContent, Sink } from "./output/sink.ts";

/** Access to the kernel's maps; failures are reported where they happen. */
export interface MapAccess {
	/** undefined where the map can't be read. */
	read(map: MapPlan): MapContents | undefined;
	clear(map: MapPlan): void;
	zero(map: MapPlan): void;
}

export interface ScriptMapsOptions {
	readonly maps: readonly MapPlan[];
	readonly access: MapAccess;
	readonly sink: Sink;
	readonly context: RenderContext;
	readonly builtin: (name: string) => BuiltinDefinition | undefined;
}

/** A plan of role `script`. */
export type ScriptMapPlan = MapPlan & { readonly script: ScriptMap };

export interface ScriptMaps extends MapStore {
	/** Prints all maps of the script, as at exit: what holds nothing is left out. */
	printAll(): void;
}

export function scriptMaps(options: ScriptMapsOptions): ScriptMaps {
	const { access, sink } = options;
	const plans = new Map<string, ScriptMapPlan>();
	for (const map of options.maps)
		if (isScriptMap(map)) plans.set(map.script.name, map);
	/** Maps that were zeroed and not cleared since: arrays of zeros count as zeros there, and as unset elsewhere. */
	const zeroed = new Set<string>();

	function content(
		map: ScriptMapPlan,
		top: number,
		div: number,
		empty: "zero" | "nothing",
	): MapContent | undefined {
		const contents = access.read(map);
		if (contents === undefined) return undefined;
		const keepZeros = zeroed.has(map.script.name);
		return mapContent(map, elementsOf(map, contents, keepZeros), {
			...options,
			top,
			div: Math.max(1, div),
			empty,
		});
	}

	function withMap(name: string, use: (map: ScriptMapPlan) => void): void {
		const map = plans.get(name);
		if (map === undefined)
			throw new Error(`E0912: the plan has no map @${name}`);
		use(map);
	}

	return {
		print: (name, top, div) =>
			withMap(name, (map) => {
				const found = content(map, top, div, "zero");
				if (found) sink.map(name, found);
			}),
		printTable: (name, unit) =>
			withMap(name, (map) => {
				const found = content(map, 0, 1, "nothing");
				if (found) sink.mapTable(name, found, unit);
			}),
		clear: (name) =>
			withMap(name, (map) => {
				zeroed.delete(name);
				access.clear(map);
			}),
		zero: (name) =>
			withMap(name, (map) => {
				zeroed.add(name);
				access.zero(map);
			}),
		printAll() {
			const byName = [...plans].sort(([a], [b]) => (a < b ? -1 : 1));
			for (const [name, map] of byName) {
				const found = content(map, 0, 1, "nothing");
				if (found) sink.map(name, found);
			}
		},
	};
}

function isScriptMap(map: MapPlan): map is ScriptMapPlan {
	return map.role === "script" && map.script !== undefined;
}

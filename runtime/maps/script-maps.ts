// The script's maps as `print`, `clear`, `zero` and the report at exit see them.
import type { BuiltinDefinition } from "../../src/builtins/definition.ts";
import type { MapStore } from "../../src/builtins/host.ts";
import type { RenderContext } from "../../src/builtins/render/context.ts";
import type { MapPlan, ScriptMap } from "../../src/plan.ts";
import type { MapContent, Sink } from "../output/sink.ts";
import { type ContentOptions, mapContent } from "./content.ts";
import { elementsOf, type MapElements } from "./elements.ts";
import type { MapContents } from "./read.ts";
import { mapRows } from "./rows.ts";

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
	const plans = plansByName(options.maps);
	/** Maps that were zeroed and not cleared since: arrays of zeros count as zeros there, and as unset elsewhere. */
	const zeroed = new Set<string>();

	function elementsNow(map: ScriptMapPlan): MapElements | undefined {
		const contents = access.read(map);
		return contents && elementsOf(map, contents, zeroed.has(map.script.name));
	}

	function content(map: ScriptMapPlan, how: HowMuch): MapContent | undefined {
		const elements = elementsNow(map);
		return elements && mapContent(map, elements, { ...options, ...how });
	}

	return {
		print(name, top, div) {
			const how = { top, div: Math.max(1, div), empty: "zero" } as const;
			const found = content(planOf(plans, name), how);
			if (found) sink.map(name, found);
		},
		printTable(name, unit, label) {
			const found = content(planOf(plans, name), everything);
			if (found) {
				const heading = unit || headingOf(found.unit);
				sink.mapTable(name, found, { unit: heading, label });
			}
		},
		printRows(name, format, order) {
			const map = planOf(plans, name);
			const elements = elementsNow(map);
			if (elements === undefined) return;
			const how = { ...options, ...order };
			sink.mapRows(
				name,
				() => mapContent(map, elements, { ...how, empty: "zero" }),
				() => mapRows(map.script, elements, format, how),
			);
		},
		clear(name) {
			zeroed.delete(name);
			access.clear(planOf(plans, name));
		},
		zero(name) {
			zeroed.add(name);
			access.zero(planOf(plans, name));
		},
		printAll() {
			for (const [name, map] of plans) {
				const found = content(map, everything);
				if (found) sink.map(name, found);
			}
		},
	};
}

/** As bcc's tools call units of time. */
const headings: Readonly<Record<string, string>> = {
	ns: "nsecs",
	us: "usecs",
	ms: "msecs",
	s: "secs",
};

function headingOf(unit = "value"): string {
	return headings[unit] ?? unit;
}

type HowMuch = Pick<ContentOptions, "top" | "div" | "empty">;
const everything: HowMuch = { top: 0, div: 1, empty: "nothing" };

/** In the order of their names, in which they are printed. */
function plansByName(
	maps: readonly MapPlan[],
): ReadonlyMap<string, ScriptMapPlan> {
	const named = maps
		.filter(isScriptMap)
		.map((map) => [map.script.name, map] as const);
	return new Map(named.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function planOf(
	plans: ReadonlyMap<string, ScriptMapPlan>,
	name: string,
): ScriptMapPlan {
	const map = plans.get(name);
	if (map === undefined) throw new Error(`E0912: the plan has no map @${name}`);
	return map;
}

function isScriptMap(map: MapPlan): map is ScriptMapPlan {
	return map.role === "script" && map.script !== undefined;
}

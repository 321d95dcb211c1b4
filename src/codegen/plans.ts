// The Plan that goes with the C text.

import {
	mostUnwindRules,
	mostUnwindTables,
	mostUnwoundProcesses,
	RULE_BYTES,
	unwindMaps,
} from "../base/unwind-tables.ts";
import type {
	CounterPlan,
	MapPlan,
	Plan,
	ProgramPlan,
	ScriptMap,
} from "../plan.ts";
import { PLAN_VERSION } from "../plan.ts";
import type { TypedMap } from "../semantic/ir.ts";
import { sizeOf } from "../types/layout.ts";
import { BUCKET_BYTES } from "./aggregates.ts";
import { KEPT_BYTES, PLACES_PER_KEY } from "./kept-places.ts";
import { keyBytes } from "./map-keys.ts";
import { aggregateOf } from "./map-reads.ts";
import { placeOf } from "./origin.ts";
import { ringBytes } from "./ring-size.ts";
import type { ScriptWriter } from "./script-writer.ts";
import { valueLayout } from "./value-layouts.ts";

export function planOf(script: ScriptWriter): Plan {
	const { programs, settings, needs, choices } = script.script;
	const usesRing = script.templates.has("ring");
	return {
		version: PLAN_VERSION,
		programs: programs.map(
			(p): ProgramPlan => ({
				symbol: p.symbol,
				section: p.section,
				probe: p.probe,
				place: placeOf(p.span),
			}),
		),
		maps: mapPlans(script),
		events: script.events,
		attach: programs.flatMap((p, program) =>
			p.attach.map((request) => ({
				...request,
				program,
				place: placeOf(p.span),
			})),
		),
		settings: { ...settings, ringBytes: usesRing ? ringBytes(script) : 0 },
		needs,
		...(choices.length > 0 && {
			choices: choices.map(({ probe, passed, span }) => ({
				probe,
				passed,
				place: placeOf(span),
			})),
		}),
	};
}

export function mapPlans(script: ScriptWriter): MapPlan[] {
	const own = script.script.maps.map((map) => scriptMapPlan(script, map));
	const auxiliary = [...script.auxiliary.values()].map(
		(map): MapPlan => ({ ...map }),
	);
	const scratch = [...script.scratch].map(([symbol, bytes]) =>
		scratchPlan(symbol, bytes),
	);
	return [
		...own,
		...auxiliary,
		...scratch,
		...ringPlan(script),
		...counterPlan(script.losses),
		...unwindPlans(script),
	];
}

function scratchPlan(symbol: string, bytes: number): MapPlan {
	return {
		symbol,
		role: "scratch",
		type: "percpu_array",
		keySize: 4,
		valueSize: bytes,
		maxEntries: 1,
	};
}

function ringPlan(script: ScriptWriter): MapPlan[] {
	if (!script.templates.has("ring")) return [];
	const maxEntries = ringBytes(script);
	return [
		{
			symbol: "ring",
			role: "ring",
			type: "ringbuf",
			keySize: 0,
			valueSize: 0,
			maxEntries,
		},
	];
}

function counterPlan(counters: readonly CounterPlan[]): MapPlan[] {
	if (counters.length === 0) return [];
	const maxEntries = counters.length;
	return [
		{
			symbol: "losses",
			role: "counters",
			type: "percpu_array",
			keySize: 4,
			valueSize: 8,
			maxEntries,
			counters,
		},
	];
}

function unwindPlans(script: ScriptWriter): MapPlan[] {
	if (!script.templates.has("unwind")) return [];
	const common = { role: "unwind", keySize: 4 } as const;
	return [
		{
			...common,
			symbol: unwindMaps.processes,
			type: "hash_of_maps",
			valueSize: 4,
			maxEntries: mostUnwoundProcesses,
		},
		{
			...common,
			symbol: unwindMaps.tables,
			type: "array_of_maps",
			valueSize: 4,
			maxEntries: mostUnwindTables,
		},
		{
			...common,
			symbol: unwindMaps.rules,
			type: "array",
			valueSize: RULE_BYTES,
			maxEntries: mostUnwindRules,
		},
	];
}

function scriptMapPlan(script: ScriptWriter, map: TypedMap): MapPlan {
	const { symbol, bpfType: type, value } = map;
	const key = map.scalar ? undefined : map.key;
	const common = { symbol, role: "script", type } as const;
	if (value.kind !== "aggregate") {
		const layout = valueLayout(value, script.types);
		const keeps = script.keepingPlaces.has(symbol);
		const plain = scriptMap(script, map, { kind: "plain", layout }, false);
		return {
			...common,
			keySize: keyBytes(key, false),
			valueSize: keeps ? KEPT_BYTES : sizeOf(value),
			maxEntries: entries(map, 1) * (keeps ? PLACES_PER_KEY : 1),
			script: keeps ? { ...plain, keepsPlaces: true } : plain,
		};
	}
	const cells = aggregateOf(value).cells(value);
	const bucketed = "buckets" in cells;
	const { name, params, of } = value;
	return {
		...common,
		keySize: keyBytes(key, bucketed),
		valueSize: bucketed ? BUCKET_BYTES : cells.size,
		maxEntries: entries(map, bucketed ? cells.buckets : 1),
		script: scriptMap(
			script,
			map,
			{ kind: "aggregate", name, params, signed: of.signed },
			bucketed,
		),
	};
}

/** A map without keys has one element, or one per bucket. */
function entries(map: TypedMap, alone: number): number {
	if (map.scalar || !map.key) return alone;
	return map.maxEntries;
}

function scriptMap(
	script: ScriptWriter,
	map: TypedMap,
	value: ScriptMap["value"],
	bucketed: boolean,
): ScriptMap {
	const { name, scalar, key, unit } = map;
	const said = unit === undefined ? {} : { unit };
	return scalar || !key
		? { name, ...said, scalar: true, value, bucketed }
		: {
				name,
				...said,
				scalar: false,
				key: valueLayout(key, script.types),
				value,
				bucketed,
			};
}

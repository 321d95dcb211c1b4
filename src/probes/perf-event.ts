// Counted events of perf_event_open: the program runs once for every so many of them.
import type {
	ProbeMatch,
	ProbeProvider,
	ResolveContext,
	SpecText,
} from "./definition.ts";
import { compileGlob } from "./glob.ts";
import {
	checkNoWildcard,
	checkParts,
	joinWords,
	partSpan,
	readCount,
	suggest,
} from "./spec.ts";

export interface PerfEvent {
	readonly name: string;
	readonly alias?: string;
	/** `config` of perf_event_attr. */
	readonly config: number;
	/** Events per run where the script does not say. */
	readonly period: number;
}

/** Numbers of `perf_type_id`. */
export const perfType = { hardware: 0, software: 1 } as const;

export function perfEventMatches(
	provider: ProbeProvider,
	type: number,
	events: readonly PerfEvent[],
	spec: SpecText,
	context: ResolveContext,
): readonly ProbeMatch[] {
	const parts = checkParts(spec, 1, 2, provider, context);
	if (!parts || !checkNoWildcard(spec, 0, "the event", context)) return [];
	const [name = "", count] = parts;
	const event = events.find((e) => e.name === name || e.alias === name);
	if (event === undefined) {
		reportUnknown(provider, events, spec, context);
		return [];
	}
	const counted = count !== undefined && count !== "*";
	const given = counted ? readCount(spec, 1, "the count", context) : undefined;
	if (counted && given === undefined) return [];
	return [
		{
			probe: `${provider.name}:${name}${given === undefined ? "" : `:${given}`}`,
			target: {
				kind: "perf_event",
				type,
				config: event.config,
				period: given ?? event.period,
				pid: context.environment.pid,
			},
			programType: "perf_event",
			section: "perf_event",
			hasRegisters: true,
		},
	];
}

function reportUnknown(
	provider: ProbeProvider,
	events: readonly PerfEvent[],
	spec: SpecText,
	context: ResolveContext,
): void {
	const name = spec.parts[0] ?? "";
	const names = events.map((e) => e.name);
	const aliases = events.flatMap((e) => (e.alias ? [e.alias] : []));
	const all = `the events are ${joinWords(names, "and")}`;
	context.report(
		"E0320",
		{ provider: provider.name, name },
		{
			span: partSpan(spec, 0),
			help: suggest(name, [...names, ...aliases], all),
		},
	);
}

/** Names for `-l`; `parts` are those of its pattern. */
export function* perfEventNames(
	provider: string,
	events: readonly PerfEvent[],
	[pattern = "*"]: readonly string[],
): Iterable<string> {
	const matches = compileGlob(pattern);
	for (const { name, alias } of events) {
		if (matches(name)) yield `${provider}:${name}:`;
		if (alias && matches(alias)) yield `${provider}:${alias}:`;
	}
}

/** `Without COUNT: 100 for page-faults, else 1.`, where most have a period of 1. */
export function usualPeriods(events: readonly PerfEvent[]): string {
	const named = new Map<number, string[]>();
	for (const { name, period } of events)
		named.set(period, [...(named.get(period) ?? []), name]);
	const [most = 1] = [...named]
		.sort(([, a], [, b]) => b.length - a.length)
		.map(([period]) => period);
	named.delete(most);
	const rows = [...named].map(
		([period, names]) => `${period} for ${names.join(" and ")}`,
	);
	return `Without COUNT: ${[...rows, `else ${most}`].join(", ")}.`;
}

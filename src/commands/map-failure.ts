// A map that the kernel did not make, told by the script's own name for it.
import type { Failure } from "../../runtime/result.ts";
import { type Diagnostic, makeDiagnostic } from "../base/diagnostics.ts";
import type { Source, Span } from "../base/source.ts";
import type { MapPlan, Plan } from "../plan.ts";

export function describeMapFailure(
	{ args }: Failure,
	plan: Plan,
	source: Source,
): Diagnostic {
	const map = plan.maps.find((m) => m.symbol === args.map);
	const written = map && (map.script ? `@${map.script.name}` : settingOf(map));
	const span = written === undefined ? undefined : spanOfName(written, source);
	const what = map?.script
		? `${written} of ${map.maxEntries} keys`
		: String(args.map);
	return makeDiagnostic(
		"E0705",
		{ ...args, map: what },
		{ span, help: helpFor(map, declaredType(span) !== undefined) },
	);
}

/** The configuration variable that says how large it is. */
function settingOf({ role }: MapPlan): string | undefined {
	return role === "ring" ? "perf_rb_pages" : undefined;
}

function helpFor(
	map: MapPlan | undefined,
	declared: boolean,
): string | undefined {
	if (!map) return undefined;
	const setting = settingOf(map);
	if (setting) return `make it smaller with ${setting}`;
	return declared
		? `declare it for fewer keys: let @${map.script?.name} = hash(100000);`
		: undefined;
}

/** The type that the script declares the map with whose name stands there: `let @a = hash(5)`. */
function declaredType(span: Span | undefined): string | undefined {
	if (!span || !/\blet\s+$/.test(span.source.text.slice(0, span.start)))
		return undefined;
	return /^\s*=\s*(\w+)/.exec(span.source.text.slice(span.end))?.[1];
}

/** What makes room in a map that was full: `max_map_keys` says nothing of one that is declared. */
export function fullMapHelp(
	map: string,
	span: Span | undefined,
): string | undefined {
	const type = declaredType(span);
	return type && `declare it for more keys: let ${map} = ${type}(100000);`;
}

/** Where the name, of a map or a configuration variable, stands first. */
export function spanOfName(name: string, source: Source): Span | undefined {
	const found = new RegExp(`${name}(?!\\w)`).exec(source.text);
	if (!found) return undefined;
	return { source, start: found.index, end: found.index + name.length };
}

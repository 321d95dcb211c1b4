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
	const declared =
		span !== undefined && /\blet\s+$/.test(source.text.slice(0, span.start));
	return makeDiagnostic(
		"E0705",
		{ ...args, map: what },
		{ span, help: helpFor(map, declared) },
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

/** Where the name, of a map or a configuration variable, stands first. */
export function spanOfName(name: string, source: Source): Span | undefined {
	const found = new RegExp(`${name}(?!\\w)`).exec(source.text);
	if (!found) return undefined;
	return { source, start: found.index, end: found.index + name.length };
}

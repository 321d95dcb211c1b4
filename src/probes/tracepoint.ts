// tracepoint: places that the kernel's authors marked, with named and described fields. The most stable probes there are.
import type {
	Cheaper,
	Missing,
	ProbeEnvironment,
	ProbeMatch,
	ProbeProvider,
	SpecText,
} from "./definition.ts";
import { compileGlob, filterGlob, hasWildcard } from "./glob.ts";
import { checkParts, givenParts, partSpan, suggest } from "./spec.ts";
import { callAlone, callAny } from "./system-calls.ts";
import { loadHint } from "./unloaded-module.ts";

export const tracepoint: ProbeProvider = {
	name: "tracepoint",
	aliases: ["t"],
	forms: ["tracepoint:CATEGORY:EVENT"],
	doc: "A place marked in the kernel's source, with named fields in args. Tracepoints stay the same from kernel to kernel more than functions do.",
	fires:
		"where the kernel passes the place, in the process that runs there (in interrupts: any)",
	example: "tracepoint:syscalls:sys_enter_openat { @[comm] = count(); }",
	listing: "kernel",
	resolve(spec, context) {
		const { environment } = context;
		const whole = withCategory(spec);
		const parts = checkParts(
			whole,
			2,
			2,
			{ ...tracepoint, example: exampleFor(whole, environment) },
			context,
		);
		if (parts === undefined) return [];
		const many = parts.some(hasWildcard);
		return [...eventsMatching(parts, environment)].map(([category, event]) =>
			eventMatch(category, event, environment, many),
		);
	},
	*list(parts, environment) {
		const [category = "*", event = "*"] =
			parts.length === 1 ? ["*", ...parts] : parts;
		for (const [c, e] of eventsMatching([category, event], environment))
			yield `tracepoint:${c}:${e}`;
	},
	missing,
};

/** `tracepoint:*open*` looks for the event in all categories. */
function withCategory(spec: SpecText): SpecText {
	const parts = givenParts(spec);
	const [only = ""] = parts;
	return parts.length === 1 && hasWildcard(only)
		? {
				...spec,
				parts: ["*", only],
				partSpans: [partSpan(spec, 0), partSpan(spec, 0)],
			}
		: spec;
}

/** Where just the event was given, the same event with its category. */
function exampleFor(spec: SpecText, environment: ProbeEnvironment): string {
	const parts = givenParts(spec);
	const [event = ""] = parts;
	const home =
		parts.length === 1
			? environment
					.tracepointCategories()
					?.find((c) => environment.tracepointEvents(c).includes(event))
			: undefined;
	return home === undefined
		? tracepoint.example
		: `tracepoint:${home}:${event}`;
}

function* eventsMatching(
	[category = "*", event = "*"]: readonly string[],
	environment: ProbeEnvironment,
): Iterable<readonly [category: string, event: string]> {
	const categories = hasWildcard(category)
		? filterGlob(environment.tracepointCategories() ?? [], category)
		: [category];
	const matches = compileGlob(event);
	for (const name of categories) {
		for (const found of environment.tracepointEvents(name))
			if (matches(found)) yield [name, found];
	}
}

function eventMatch(
	category: string,
	event: string,
	environment: ProbeEnvironment,
	many: boolean,
): ProbeMatch {
	return {
		probe: `tracepoint:${category}:${event}`,
		target: { kind: "tracepoint", category, event },
		programType: "tp",
		section: "tp",
		hasRegisters: false,
		args: () => environment.tracepointFormat(category, event),
		declarations: () => environment.tracepointDeclarations(category, event),
		cheaper(fields) {
			const record = () => environment.tracepointFormat(category, event);
			if (category === "syscalls")
				return callAlone(event, fields, environment, record);
			if (category === "raw_syscalls")
				return callAny(event, fields, environment, record);
			return fields === "all" || fields.size > 0
				? undefined
				: asRawTracepoint(event, environment, many);
		},
	};
}

/** Raw tracepoints cost half as much. */
function asRawTracepoint(
	event: string,
	environment: ProbeEnvironment,
	many: boolean,
): Cheaper | undefined {
	// One name is looked up sooner than all are collected.
	const exists = many
		? environment.rawTracepoints().has(event)
		: environment.kernelTypes?.rawTracepoint(event) !== undefined;
	if (!exists) return undefined;
	return {
		target: { kind: "raw_tracepoint", name: event },
		programType: "raw_tp",
		section: "raw_tp",
	};
}

function missing(
	spec: SpecText,
	environment: ProbeEnvironment,
): Missing | undefined {
	const categories = environment.tracepointCategories();
	if (categories === undefined) return undefined;
	const whole = withCategory(spec);
	const [category = "", event = ""] = whole.parts;
	const found = [...filterGlob(categories, category)];
	if (found.length === 0) {
		const help =
			categoryOf(event, categories, environment) ??
			loadHint(category, environment) ??
			suggest(category, categories, "list them with: kask -l 'tracepoint:*'");
		return {
			code: "E0309",
			args: { category },
			options: { span: partSpan(whole, 0), help },
		};
	}
	return {
		code: "E0310",
		args: { category, event },
		options: {
			span: partSpan(whole, 1),
			help: eventHelp(category, event, found, categories, environment),
		},
	};
}

function eventHelp(
	category: string,
	event: string,
	found: readonly string[],
	categories: readonly string[],
	environment: ProbeEnvironment,
): string {
	const here = found.flatMap((c) => environment.tracepointEvents(c));
	return (
		categoryOf(event, categories, environment) ??
		suggest(
			event,
			here,
			`list them with: kask -l 'tracepoint:${category}:*'`,
		) ??
		""
	);
}

/** The event exists, but elsewhere. */
function categoryOf(
	event: string,
	categories: readonly string[],
	environment: ProbeEnvironment,
): string | undefined {
	const home = categories.find((c) =>
		environment.tracepointEvents(c).includes(event),
	);
	return home === undefined
		? undefined
		: `did you mean tracepoint:${home}:${event}?`;
}

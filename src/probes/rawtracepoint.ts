// rawtracepoint: the same places as tracepoints, with the arguments as the kernel hands them over, before any field is made.
import type { KernelTypeSource } from "../types/type-source.ts";
import { slotArguments } from "./arguments.ts";
import type {
	Missing,
	ProbeEnvironment,
	ProbeMatch,
	ProbeProvider,
	SpecText,
} from "./definition.ts";
import { compileGlob, hasWildcard } from "./glob.ts";
import { kernelProper } from "./kernel-function.ts";
import { checkParts, givenParts, partSpan, suggest } from "./spec.ts";

export const rawtracepoint: ProbeProvider = {
	name: "rawtracepoint",
	aliases: ["rt"],
	forms: ["rawtracepoint:EVENT", "rawtracepoint:MODULE:EVENT"],
	doc: "A tracepoint without its fields: args are the kernel's own structs. Cheaper than a tracepoint, and less stable.",
	fires:
		"where the kernel passes the place, in the process that runs there (in interrupts: any)",
	example: "rawtracepoint:sched_switch { @[args.next.comm] = count(); }",
	listing: "kernel",
	resolve(spec, context) {
		const parts = checkParts(spec, 1, 2, rawtracepoint, context);
		if (parts === undefined) return [];
		if (context.environment.kernelTypes === undefined) {
			context.report(
				"E0321",
				{ provider: "rawtracepoint" },
				{ span: spec.span },
			);
			return [];
		}
		return [...eventsMatching(parts, context.environment)];
	},
	*list(parts, environment) {
		for (const match of eventsMatching(parts, environment)) yield match.probe;
	},
	missing,
};

function* eventsMatching(
	parts: readonly string[],
	environment: ProbeEnvironment,
): Iterable<ProbeMatch> {
	const types = environment.kernelTypes;
	if (types === undefined) return;
	const event = parts.at(-1) ?? "*";
	const inModule = compileGlob(parts.length > 1 ? (parts[0] ?? "*") : "*");
	for (const [name, module] of eventsNamed(event, types, environment)) {
		if (!inModule(module)) continue;
		yield {
			probe: `rawtracepoint:${module}:${name}`,
			target: { kind: "raw_tracepoint", name },
			programType: "raw_tp",
			section: "raw_tp",
			hasRegisters: false,
			get trusted() {
				return environment.has("btf_tracepoint") ? onBtf(name) : undefined;
			},
			// The verifier takes these arguments for numbers. A `tp_btf` program may follow them, but refuses to load
			// where the kernel (since 6.14) holds that one of them may be null.
			declarations: () => types.rawTracepoint(name)?.declarations?.(),
			args: () => {
				const signature = types.rawTracepoint(name);
				return (
					signature &&
					slotArguments(signature, `args:rawtracepoint:${name}`, false)
				);
			},
		};
	}
}

function onBtf(name: string): ProbeMatch["trusted"] {
	return {
		target: { kind: "btf_tracepoint" },
		programType: "tracing",
		section: `tp_btf/${name}`,
	};
}

/** Names and modules. One name is looked up sooner than all are collected. */
function* eventsNamed(
	pattern: string,
	types: KernelTypeSource,
	environment: ProbeEnvironment,
): Iterable<readonly [name: string, module: string]> {
	if (hasWildcard(pattern)) {
		const matches = compileGlob(pattern);
		for (const entry of environment.rawTracepoints())
			if (matches(entry[0])) yield entry;
		return;
	}
	const signature = types.rawTracepoint(pattern);
	if (signature) yield [pattern, signature.module ?? kernelProper];
}

function missing(spec: SpecText, environment: ProbeEnvironment): Missing {
	const parts = givenParts(spec);
	const name = parts.at(-1) ?? "";
	const types = environment.kernelTypes;
	const home = types?.rawTracepoint(name)?.module ?? kernelProper;
	const exists = types?.rawTracepoint(name) !== undefined;
	const help = exists
		? `did you mean rawtracepoint:${home}:${name}?`
		: suggest(
				name,
				environment.rawTracepoints().keys(),
				"list them with: kask -l 'rawtracepoint:*'",
			);
	return {
		code: "E0311",
		args: { name: exists ? parts.join(":") : name },
		options: { span: partSpan(spec, exists ? 0 : parts.length - 1), help },
	};
}

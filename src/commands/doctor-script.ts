// `kask doctor SCRIPT`: will this script run here, probe by probe, and what is nearest where it will not.
import type { Probe, ProbeSpec, Script } from "../../grammar/ast.ts";
import { attachPointText } from "../../grammar/attach-point.ts";
import { type Diagnostic, Diagnostics } from "../base/diagnostics.ts";
import { resolveAlternatives } from "../semantic/attach-points.ts";
import { type CompileRequest, check, parse } from "./compile.ts";
import { readScriptParameters } from "./parameters.ts";

export interface ProbeVerdict {
	/** As written. */
	readonly probe: string;
	readonly line: number;
	/** `not needed`: the script's options rule it out, or it says itself that it can do without. */
	readonly state: "yes" | "no" | "not needed";
	/** Places where it would be attached. */
	readonly places: number;
	/** Of alternatives, the one that was taken. */
	readonly chosen?: string | undefined;
	readonly why: readonly string[];
	/** What to do, the nearest probe for one. */
	readonly help?: string | undefined;
}

export interface ScriptVerdict {
	readonly runs: boolean;
	readonly probes: readonly ProbeVerdict[];
	/** What else is wrong. */
	readonly problems: readonly {
		readonly text: string;
		readonly line: number | undefined;
		readonly help: string | undefined;
	}[];
}

/** undefined, with a report, for a script that does not even parse. */
export function examineScript(
	request: CompileRequest,
): ScriptVerdict | undefined {
	const script = parse(request);
	if (!script) return undefined;
	const whole = new Diagnostics();
	check({ ...request, diagnostics: whole }, script);
	const errors = whole.all.filter((d) => d.severity === "error");
	const specs = script.items
		.filter((item): item is Probe => item.kind === "probe")
		.flatMap((probe) => probe.specs);
	const within = (d: Diagnostic, spec: ProbeSpec) =>
		d.span !== undefined &&
		d.span.start >= spec.span.start &&
		d.span.end <= spec.span.end;
	const probes = specs.map((spec) =>
		examineSpec(
			spec,
			script,
			request,
			errors.some((d) => within(d, spec)),
		),
	);
	const problems = errors
		.filter((d) => !specs.some((spec) => within(d, spec)))
		.map(({ text, span, help }) => ({
			text,
			line: span?.source.position(span.start).line,
			help,
		}));
	return { runs: errors.length === 0, probes, problems };
}

function examineSpec(
	spec: ProbeSpec,
	script: Script,
	request: CompileRequest,
	told: boolean,
): ProbeVerdict {
	const diagnostics = new Diagnostics();
	const parameters = readScriptParameters(
		script,
		request.parameters,
		new Diagnostics(),
	);
	const found = resolveAlternatives(
		spec,
		{
			probes: request.probes,
			parameters: parameters?.positional ?? [],
			named: parameters?.named ?? new Map(),
			probeFilter: request.options.probeFilter,
		},
		{ missingProbes: "error" },
		diagnostics,
	);
	const [first] = diagnostics.all;
	const passed = found?.choice?.passed.map(
		(p) => `passed over ${p.probe}: ${p.why}`,
	);
	const missing = found || !told ? undefined : first;
	return {
		probe: spec.alternatives.map(attachPointText).join(" ?? "),
		line: spec.span.source.position(spec.span.start).line,
		state: found ? "yes" : told ? "no" : "not needed",
		places: found?.matches.length ?? 0,
		chosen: found?.choice?.probe,
		why: passed ?? (missing ? reasonsOf(missing) : []),
		help: missing?.help,
	};
}

function reasonsOf({ text, notes }: Diagnostic): readonly string[] {
	return [text, ...notes.map((note) => note.text)];
}

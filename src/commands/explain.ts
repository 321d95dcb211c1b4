// `kask explain SCRIPT`: what every part of a script is and becomes, as text, JSON or HTML.
import {
	type Privileges,
	readPrivileges,
} from "../../runtime/machine/privileges.ts";
import type { Diagnostics } from "../base/diagnostics.ts";
import { emit } from "../codegen/emit.ts";
import { atLine } from "../explain/at-line.ts";
import { explainScript, thisMachine } from "../explain/explain.ts";
import type { Explanation } from "../explain/explanation.ts";
import {
	type CompileRequest,
	check,
	compileEmitted,
	parse,
} from "./compile.ts";
import { measure } from "./explain-measure.ts";
import { showExplanation } from "./explain-show.ts";
import { templateDirectory } from "./install.ts";
import { openMachine } from "./machine.ts";
import type { Options } from "./options.ts";
import { addFailure, reportAll } from "./report.ts";
import { chooseScript } from "./script-source.ts";
import { featuresByVersion, withBtfTracepoints } from "./unprivileged.ts";

/** `options.operands` are those after the word `explain`. */
export async function explainCommand(
	options: Options,
	diagnostics: Diagnostics,
): Promise<number> {
	const chosen = chooseScript(options, diagnostics);
	if (!chosen) return reportAll(diagnostics, options);
	const privileges = readPrivileges();
	const request = { ...chosen, options, diagnostics, privileges };
	const whole = await explain(request);
	const explanation = whole && onLine(whole, request);
	if (explanation) showExplanation(explanation, options, diagnostics);
	return reportAll(diagnostics, options);
}

export interface ExplainCommandRequest
	extends Pick<
		CompileRequest,
		"source" | "parameters" | "options" | "diagnostics"
	> {
	/** Without the right to trace, neither the kernel's verifier nor tracefs is asked. */
	readonly privileges: Privileges;
}

/** undefined, with reports, for a script that does not compile. */
export async function explain(
	request: ExplainCommandRequest,
): Promise<Explanation | undefined> {
	const { source, options, diagnostics, privileges } = request;
	const mayTrace = privileges.trace;
	const assumed = mayTrace ? undefined : featuresByVersion();
	const machine = openMachine(options, diagnostics, assumed);
	const probes = mayTrace
		? machine.probes
		: withBtfTracepoints(machine.probes, (failure) =>
				addFailure(diagnostics, failure),
			);
	const compile: CompileRequest = { ...request, probes };
	const script = parse(compile);
	const checked = script && check(compile, script);
	const compiled =
		checked && compileEmitted(emit(checked.script, checked.types), diagnostics);
	if (!compiled) return undefined;
	const { emitted, object } = compiled;
	const sizes = thisMachine();
	const explanation = explainScript({
		...compiled,
		source,
		script,
		checked,
		machine: sizes,
		templates: templateDirectory(),
	});
	return measure({
		explanation,
		machine,
		plan: emitted.plan,
		object,
		privileges,
		jit: options.jit,
	});
}

function onLine(
	explanation: Explanation,
	{ options, source, diagnostics }: ExplainCommandRequest,
): Explanation | undefined {
	const { line } = options;
	if (line === undefined) return explanation;
	const last = explanation.script.lines.length;
	if (line >= 1 && line <= last) return atLine(explanation, line);
	const help = last === 1 ? "it has one line" : `it has lines 1 to ${last}`;
	diagnostics.report("E0830", { script: source.name, line }, { help });
	return undefined;
}

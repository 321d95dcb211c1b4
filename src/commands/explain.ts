// `kask explain SCRIPT`: what every part of a script is and becomes, as text, JSON or HTML.
import { isatty } from "node:tty";
import type { Diagnostics } from "../base/diagnostics.ts";
import { emit } from "../codegen/emit.ts";
import { atLine } from "../explain/at-line.ts";
import { explainScript, thisMachine } from "../explain/explain.ts";
import type { Explanation } from "../explain/explanation.ts";
import { colorPaint, plainPaint } from "../explain/text/paint.ts";
import { renderText } from "../explain/text/render-text.ts";
import {
	type CompileRequest,
	check,
	compileEmitted,
	parse,
} from "./compile.ts";
import { measure } from "./explain-measure.ts";
import { openMachine } from "./machine.ts";
import type { Options } from "./options.ts";
import { addFailure, reportAll } from "./report.ts";
import { chooseScript } from "./script-source.ts";
import { printOut } from "./stdio.ts";
import { featuresByVersion, withBtfTracepoints } from "./unprivileged.ts";

/** `options.operands` are those after the word `explain`. */
export async function explainCommand(
	options: Options,
	diagnostics: Diagnostics,
): Promise<number> {
	const chosen = chooseScript(options, diagnostics);
	if (!chosen) return reportAll(diagnostics, options);
	const isRoot = process.geteuid?.() === 0;
	const request = { ...chosen, options, diagnostics, isRoot };
	const whole = await explain(request);
	const explanation = whole && onLine(whole, request);
	if (explanation) show(explanation, options);
	return reportAll(diagnostics, options);
}

export interface ExplainCommandRequest
	extends Pick<
		CompileRequest,
		"source" | "parameters" | "options" | "diagnostics"
	> {
	/** False for users who may neither load programs nor read tracefs. */
	readonly isRoot: boolean;
}

/** undefined, with reports, for a script that does not compile. */
export async function explain(
	request: ExplainCommandRequest,
): Promise<Explanation | undefined> {
	const { source, options, diagnostics, isRoot } = request;
	const assumed = isRoot ? undefined : featuresByVersion();
	const machine = openMachine(options, diagnostics, assumed);
	const probes = isRoot
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
	});
	return measure({ explanation, machine, plan: emitted.plan, object, isRoot });
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

/** Where nobody says how wide the terminal is. */
const usualWidth = 100;

function show(explanation: Explanation, options: Options): void {
	if (options.format === "json") {
		printOut(`${JSON.stringify(explanation, undefined, 2)}\n`);
		return;
	}
	const seen = isatty(1);
	const colored = seen && process.env.NO_COLOR === undefined;
	const width =
		Number(process.env.COLUMNS) ||
		(seen ? process.stdout.columns : 0) ||
		usualWidth;
	const paint = colored ? colorPaint : plainPaint;
	printOut(renderText(explanation, { width, paint }));
}

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
import { type Machine, openMachine } from "./machine.ts";
import type { Options } from "./options.ts";
import { reportAll } from "./report.ts";
import { chooseScript } from "./script-source.ts";
import { printOut } from "./stdio.ts";

/** `options.operands` are those after the word `explain`. */
export async function explainCommand(
	options: Options,
	diagnostics: Diagnostics,
): Promise<number> {
	const chosen = chooseScript(options, diagnostics);
	if (!chosen) return reportAll(diagnostics, options);
	const machine = openMachine(options, diagnostics);
	const request: CompileRequest = {
		...chosen,
		options,
		probes: machine.probes,
		diagnostics,
	};
	const whole = await explain(request, machine);
	const explanation = whole && onLine(whole, request);
	if (explanation) show(explanation, options);
	return reportAll(diagnostics, options);
}

async function explain(
	request: CompileRequest,
	machine: Machine,
): Promise<Explanation | undefined> {
	const script = parse(request);
	const checked = script && check(request, script);
	const compiled =
		checked &&
		compileEmitted(emit(checked.script, checked.types), request.diagnostics);
	if (!compiled) return undefined;
	const { emitted, object } = compiled;
	const explanation = explainScript({
		...compiled,
		source: request.source,
		script,
		checked,
		machine: thisMachine(),
	});
	return measure({ explanation, machine, plan: emitted.plan, object });
}

function onLine(
	explanation: Explanation,
	{ options, source, diagnostics }: CompileRequest,
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

// What a run has to say about itself: programs refused, probes missing, events lost.

import type { Loss } from "../../runtime/losses.ts";
import type { Sink } from "../../runtime/output/sink.ts";
import type { Failure } from "../../runtime/result.ts";
import type { AttachReport } from "../../runtime/session.ts";
import {
	readVerifierLog,
	type VerifierVerdict,
} from "../../runtime/verifier-log.ts";
import { Diagnostics, makeDiagnostic } from "../base/diagnostics.ts";
import type { Span } from "../base/source.ts";
import type { Plan } from "../plan.ts";
import type { ExecuteRequest } from "./execute.ts";
import type { Options } from "./options.ts";
import { reportAll } from "./report.ts";

/** A load that failed: with the verifier's verdict at its line of the script, where there is one. */
export function reportLoad(
	failure: Failure,
	request: ExecuteRequest,
	diagnostics: Diagnostics,
): void {
	const program = request.plan.programs.find(
		(p) => p.symbol === failure.program,
	);
	if (failure.code !== "E0704" || !failure.log) {
		diagnostics.add(makeDiagnostic(failure.code, failure.args));
	} else {
		const verdict = readVerifierLog(failure.log);
		const line =
			verdict.line ?? lineOf(verdict, request) ?? program?.place.line;
		const args = {
			...failure.args,
			probe: program?.probe ?? String(failure.args.probe),
			reason: verdict.reason,
		};
		diagnostics.add(
			makeDiagnostic("E0704", args, {
				span: line === undefined ? undefined : spanOfLine(request, line),
				notes: [...verdict.telling, verdict.reason].map((text) => ({
					text: `verifier: ${text}`,
				})),
				...(verdict.help ? { help: verdict.help } : {}),
			}),
		);
	}
	if (request.options.verbose && failure.log)
		process.stderr.write(`${failure.log}\n`);
}

/** Kernels before 6.9 tell the text of the line only. */
function lineOf(
	verdict: VerifierVerdict,
	{ source }: ExecuteRequest,
): number | undefined {
	if (verdict.text === undefined) return undefined;
	const wanted = verdict.text.trim();
	const index = source.text
		.split("\n")
		.findIndex((line) => line.trim() === wanted);
	return index < 0 ? undefined : index + 1;
}

function spanOfLine(
	{ source }: ExecuteRequest,
	line: number,
): Span | undefined {
	const start = source.lineStarts[line - 1];
	if (start === undefined) return undefined;
	const text = source.line(line);
	const indent = text.length - text.trimStart().length;
	return { source, start: start + indent, end: start + text.trimEnd().length };
}

/** False when the run must not go on. Probes that can't be attached are an error, a warning or nothing, as configured. */
export function reportAttach(
	report: AttachReport,
	plan: Plan,
	options: Options,
): boolean {
	const mode = plan.settings.missingProbes;
	if (mode === "ignore" || report.failures.length === 0) return true;
	const diagnostics = new Diagnostics();
	for (const { probe, failure } of report.failures) {
		if (mode === "error")
			diagnostics.add(makeDiagnostic(failure.code, failure.args));
		else
			diagnostics.report("W0302", {
				probe,
				why: makeDiagnostic(failure.code, failure.args).text,
			});
	}
	return reportAll(diagnostics, options) === 0;
}

/** Lost keys and events are never silent. */
export function reportLosses(
	losses: readonly Loss[],
	sink: Sink,
	options: Options,
): void {
	const diagnostics = new Diagnostics();
	for (const { reason, count, map } of losses) {
		const args = { count: String(count), map: `@${map ?? ""}` };
		if (reason === "ring-full") sink.lostEvents(Number(count));
		else if (reason === "map-full") diagnostics.report("W0701", args);
		else if (reason === "stack-lost") diagnostics.report("W0702", args);
		else if (reason === "read-failed" && options.helperErrors)
			diagnostics.report("W0703", args);
	}
	reportAll(diagnostics, options);
}

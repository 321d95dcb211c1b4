// What a run has to say about itself: programs refused, probes missing, events lost.

import { basename } from "node:path";
import type { Totals } from "../../runtime/bpf/load-totals.ts";
import {
	readVerifierLog,
	type VerifierVerdict,
} from "../../runtime/bpf/verifier-log.ts";
import type { Sink } from "../../runtime/output/sink.ts";
import type { Failure } from "../../runtime/result.ts";
import type { Loss } from "../../runtime/session/losses.ts";
import type { AttachReport } from "../../runtime/session/session.ts";
import {
	type Diagnostic,
	Diagnostics,
	makeDiagnostic,
} from "../base/diagnostics.ts";
import type { MessageCode } from "../base/messages.ts";
import type { Span } from "../base/source.ts";
import { errorTexts } from "../builtins/data/errors.ts";
import type { Place, Plan } from "../plan.ts";
import type { ExecuteRequest } from "./execute.ts";
import { describeMapFailure, fullMapHelp, spanOfName } from "./map-failure.ts";
import { sortFailures } from "./refused-places.ts";
import { reportAll } from "./report.ts";
import { printError } from "./stdio.ts";

/** A load that failed: with the verifier's verdict at its line of the script, where there is one. */
export function reportLoad(
	failure: Failure,
	request: ExecuteRequest,
	diagnostics: Diagnostics,
): void {
	const program = request.plan.programs.find(
		(p) => p.symbol === failure.program,
	);
	if (failure.code === "E0705") {
		diagnostics.add(describeMapFailure(failure, request.plan, request.source));
	} else if (failure.code !== "E0704" || !failure.log) {
		diagnostics.add(makeDiagnostic(failure.code, failure.args));
	} else {
		const verdict = readVerifierLog(failure.log);
		const line = lineOf(verdict, request) ?? program?.place.line;
		const args = {
			...failure.args,
			probe: program?.probe ?? String(failure.args.probe),
			reason: verdict.reason,
		};
		diagnostics.add(
			makeDiagnostic("E0704", args, {
				span: line === undefined ? undefined : spanOfLine(request, line),
				notes: refusalNotes(verdict, request).map((text) => ({ text })),
				...helpOf(verdict, request),
			}),
		);
	}
	if (request.options.verbose && failure.log) printError(`${failure.log}\n`);
}

/** `-v`: how much the verifier had to look at. */
export function tellTotals(totals: Totals, { programs }: Plan): void {
	// A wildcard may have come to several programs, most of them alike.
	const lines = programs.flatMap(({ symbol, probe }) => {
		const line = totals.get(symbol);
		return line === undefined ? [] : [`verifier: ${probe}: ${line}\n`];
	});
	for (const line of new Set(lines)) printError(line);
}

/** How a script is written so that the rule holds is of no help to C. */
function helpOf(
	verdict: VerifierVerdict,
	request: ExecuteRequest,
): { readonly help?: string } {
	if (!verdict.rule) return {};
	return isElsewhere(verdict, request) ? {} : { help: verdict.rule.help };
}

/** What the verifier said; where its words are known, what they mean instead of the instructions before them. */
function refusalNotes(
	verdict: VerifierVerdict,
	request: ExecuteRequest,
): readonly string[] {
	const { rule, reason, telling, helper, file, line, text } = verdict;
	const where = isElsewhere(verdict, request)
		? [`it stopped in ${file}, line ${line}: ${text}`]
		: [];
	if (!rule)
		return [
			...where,
			...[...telling, reason].map((words) => `verifier: ${words}`),
		];
	return [
		...where,
		`the rule: ${rule.rule}`,
		`why it could not know better: ${rule.why}`,
		...(rule.instead && where.length === 0
			? [`this passes: ${rule.instead}`]
			: []),
		`verifier: ${reason}${helper === undefined ? "" : ` (${helper})`}`,
	];
}

/** In an imported script or a C library. The kernel tells the last part of a path alone. */
function isElsewhere(
	{ file }: VerifierVerdict,
	{ source }: ExecuteRequest,
): boolean {
	return file !== undefined && file !== basename(source.name);
}

/** Kernels before 6.9 tell the text of the line only. */
function lineOf(
	verdict: VerifierVerdict,
	request: ExecuteRequest,
): number | undefined {
	const { source } = request;
	if (isElsewhere(verdict, request)) return undefined;
	if (verdict.line !== undefined) return verdict.line;
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

/** What begins there: where its text is not known, one column stands for it. */
function spanOfPlace(
	{ source }: Pick<ExecuteRequest, "source">,
	place: Place,
	text?: string,
): Span | undefined {
	const start = source.lineStarts[place.line - 1];
	if (start === undefined || place.file !== source.name) return undefined;
	const at = start + place.column - 1;
	const known = text !== undefined && source.text.startsWith(text, at);
	return { source, start: at, end: at + (known ? text.length : 1) };
}

/** False when the run must not go on. Probes that can't be attached are an error, a warning or nothing, as configured. */
export function reportAttach(
	report: AttachReport,
	request: ExecuteRequest,
): boolean {
	const { plan, options } = request;
	const mode = plan.settings.missingProbes;
	if (mode === "ignore" || report.failures.length === 0) return true;
	const diagnostics = new Diagnostics();
	const { refused, others } = sortFailures(report.failures, plan);
	for (const { pattern, names, place } of refused) {
		const args = { count: names.length, pattern, names: firstOf(names) };
		const span = spanOfPlace(request, place, pattern);
		diagnostics.report("W0304", args, { span });
	}
	for (const { request: wanted, failure } of others) {
		const { probe } = wanted;
		const span = spanOfPlace(request, wanted.place, probe);
		const failed = makeDiagnostic(failure.code, failure.args, { span });
		if (mode === "error") diagnostics.add(failed);
		else diagnostics.report("W0302", { probe, why: failed.text }, { span });
	}
	return reportAll(diagnostics, options) === 0;
}

const mostNames = 3;

function firstOf(names: readonly string[]): string {
	const first = names.slice(0, mostNames).join(", ");
	return names.length > mostNames ? `${first} …` : first;
}

/** What expressions can do wrong while they run. */
const expressionErrors: Partial<Record<Loss["reason"], MessageCode>> = {
	"divide-by-zero": "W0704",
	"out-of-bounds": "W0705",
	"loop-cut": "W0708",
};

function timesOf(count: bigint | number): string {
	return Number(count) === 1 ? "once" : `${count} times`;
}

const EFAULT = 14;
const ERANGE = 34;

/** Of an address that cannot be one of the kernel's, its helpers say ERANGE, which means numbers to everybody else. */
function meaningOf(code: number): number {
	return code === -ERANGE ? -EFAULT : code;
}

/** What `-k` asked for: where a helper of the kernel failed. */
function reportHelper(
	{ reason, count, map = "", helper = "map_lookup_elem", code = 0 }: Loss,
	place: Place,
	request: Pick<ExecuteRequest, "source">,
	sink: Sink,
): Diagnostic {
	const span = spanOfPlace(request, place);
	const why = errorTexts[-meaningOf(code)] ?? "unknown error";
	const missing = reason === "key-missing";
	const diagnostic = missing
		? makeDiagnostic(
				"W0707",
				{ map: `@${map}`, times: timesOf(count) },
				{ span },
			)
		: makeDiagnostic(
				"W0703",
				{ helper, times: timesOf(count), why, code },
				{ span },
			);
	const text = missing ? `@${map} does not have the key` : why;
	sink.helperError({ text, helper, code, count: Number(count) }, place);
	return diagnostic;
}

/** Lost keys and events are never silent, nor are results that are none. */
export function reportLosses(
	losses: readonly Loss[],
	request: Pick<ExecuteRequest, "options" | "source">,
	sink: Sink,
): void {
	const { options } = request;
	const diagnostics = new Diagnostics();
	for (const loss of losses) {
		const { reason, count, map, place } = loss;
		const args = { times: timesOf(count), map: `@${map ?? ""}` };
		const code = expressionErrors[reason];
		if (code !== undefined && place) {
			const span = spanOfPlace(request, place);
			const diagnostic = makeDiagnostic(code, args, { span });
			diagnostics.add(diagnostic);
			sink.runtimeError(diagnostic.text, place);
		}
		if (reason === "map-full") {
			const span = spanOfName(args.map, request.source);
			const help = fullMapHelp(args.map, span);
			diagnostics.report("W0701", args, help ? { span, help } : { span });
		} else if (reason === "stack-lost") diagnostics.report("W0702", args);
		else if (reason === "process-unknown") diagnostics.report("W0710", args);
		else if (place && (reason === "read-failed" || reason === "key-missing"))
			diagnostics.add(reportHelper(loss, place, request, sink));
	}
	reportAll(diagnostics, options);
}

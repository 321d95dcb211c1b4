// Runs a compiled script on this kernel: loads it, and sees its run to the end.
import { Diagnostics } from "../base/diagnostics.ts";
import type { Source } from "../base/source.ts";
import type { Plan } from "../plan.ts";
import { reportLoad, tellTotals } from "./execute-report.ts";
import { follow, isCommand, letGo } from "./follow.ts";
import type { Machine } from "./machine.ts";
import type { Tape } from "./open-recorder.ts";
import { openSession } from "./open-session.ts";
import { checkOutput } from "./open-sink.ts";
import type { Options } from "./options.ts";
import { addFailure, reportAll } from "./report.ts";
import { TracedRun } from "./traced-run.ts";

export interface ExecuteRequest {
	readonly plan: Plan;
	readonly object: Uint8Array;
	readonly machine: Machine;
	readonly options: Options;
	readonly source: Source;
}

/** The exit code. */
export async function execute(request: ExecuteRequest): Promise<number> {
	const { machine, options } = request;
	const diagnostics = new Diagnostics();
	const kernel = machine.kernel();
	const features = machine.features();
	if (!kernel.ok || !features) {
		if (!kernel.ok) addFailure(diagnostics, kernel.failure);
		return reportAll(diagnostics, options);
	}
	checkOutput(options, diagnostics);
	if (diagnostics.hasErrors) return reportAll(diagnostics, options);
	const followed = follow(options, kernel.value, diagnostics);
	if (diagnostics.hasErrors) return reportAll(diagnostics, options);
	const childPid = isCommand(followed) ? followed.pid : undefined;
	const session = openSession(
		options.verbose
			? { ...request, onTotals: (t) => tellTotals(t, request.plan) }
			: request,
		kernel.value,
		features,
		childPid,
	);
	if (!session.ok) {
		reportLoad(session.failure, request, diagnostics);
		await letGo(followed);
		return reportAll(diagnostics, options);
	}
	const tape = await openTape(request);
	const run = new TracedRun(
		request,
		kernel.value,
		session.value,
		followed,
		tape,
	);
	const code = await run.toEnd();
	process.exit(code);
}

/** Most runs are not recorded, and start without the code for it. */
async function openTape(request: ExecuteRequest): Promise<Tape | undefined> {
	const path = request.options.record;
	if (path === undefined) return undefined;
	return (await import("./open-recorder.ts")).openTape(request, path);
}

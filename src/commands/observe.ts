// Whether a run measures itself, and how it says what it found.
import { Observer } from "../../runtime/cost/observer.ts";
import type { Kernel } from "../../runtime/ffi/kernel.ts";
import type { Sink } from "../../runtime/output/sink.ts";
import type { Lifetime } from "../../runtime/session/lifetime.ts";
import type { Loss } from "../../runtime/session/losses.ts";
import type { Session } from "../../runtime/session/session.ts";
import { Diagnostics } from "../base/diagnostics.ts";
import type { ExecuteRequest } from "./execute.ts";
import type { Options } from "./options.ts";
import { reportAll } from "./report.ts";
import { errorsAreSeen, printError } from "./stdio.ts";
import {
	lostNothing,
	trustJson,
	trustLine,
	trustText,
} from "./trust-report.ts";

/** Where nobody asked and nobody looks, nothing is measured: scripts that read stderr see no line more. */
function isWanted(options: Options): boolean {
	if (options.quiet || options.dryRun || options.mode !== "run") return false;
	return isAsked(options) || errorsAreSeen();
}

function isAsked({ cost, verbose, maxOverhead }: Options): boolean {
	return cost || verbose || maxOverhead !== undefined;
}

/** Undefined where the run is not to be measured. */
export function openObserver(
	{ plan, options, machine }: ExecuteRequest,
	kernel: Kernel,
	session: Session,
	lifetime: Lifetime,
): Observer | undefined {
	if (!isWanted(options)) return undefined;
	const tracefs = machine.tracefs();
	return new Observer({
		kernel,
		tracefs: tracefs.ok ? tracefs.value : undefined,
		plan,
		object: session.object,
		throughout: options.cost,
		entry: isAsked(options),
		limit: options.maxOverhead,
		onExceeded(share) {
			const percent = (part: number) => `${(part * 100).toFixed(2)} %`;
			const args = {
				share: percent(share),
				limit: percent(options.maxOverhead ?? 0),
			};
			const diagnostics = new Diagnostics();
			diagnostics.report("W0706", args);
			reportAll(diagnostics, options);
			lifetime.end({ kind: "done" });
		},
	});
}

/** The last thing a run says. Losses are told as warnings besides, asked for or not. */
export function reportTrust(
	observer: Observer,
	session: Session,
	losses: readonly Loss[],
	options: Options,
	sink: Sink,
): void {
	observer.collect();
	// What is still open of perf events would be measured along.
	session.close();
	const costs = observer.costs();
	if (costs.probes.length === 0) return;
	const report = { ...costs, losses };
	sink.flush();
	const whole = options.cost || options.verbose || !lostNothing(report);
	if (isAsked(options)) sink.trustReport(trustJson(report));
	if (options.format === "json" && !errorsAreSeen()) return;
	printError(`${whole ? trustText(report) : trustLine(report)}\n`);
}

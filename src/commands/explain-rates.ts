// How often the probes of a script fire on this machine: its programs are attached for a second, and counted.
import { countRuns, type RunCounts } from "../../runtime/explain/count-runs.ts";
import { openTracepointCounters } from "../../runtime/explain/tracepoint-counters.ts";
import type { Kernel } from "../../runtime/ffi/kernel.ts";
import { tracepointsAt } from "../../runtime/machine/tracepoints.ts";
import type { Failure } from "../../runtime/result.ts";
import { makeDiagnostic } from "../base/diagnostics.ts";
import { builtinNamed } from "../builtins/index.ts";
import type { Explanation, ProbeExplanation } from "../explain/explanation.ts";
import { without } from "../explain/missing.ts";
import type { AttachRequest, Plan } from "../plan.ts";
import type { MeasureRequest } from "./explain-measure.ts";
import type { Machine } from "./machine.ts";
import { openSession } from "./open-session.ts";

const COUNTED_MS = 1000;
const rates = "how often the probes fire";

export async function withRates(
	request: MeasureRequest,
	kernel: Kernel,
): Promise<Explanation> {
	const { explanation, plan } = request;
	const harm = explanation.builtins.find((b) => builtinNamed(b.name)?.unsafe);
	if (harm)
		return without(explanation, {
			what: rates,
			why: `the script is not run to count it, since ${harm.name} would then do what it does`,
		});
	const features = request.machine.features();
	if (!features) return explanation;
	const session = openSession(request, kernel, features);
	if (!session.ok) return withFailure(explanation, rates, session.failure);
	const counters = openTracepointCounters(
		kernel.libc,
		sharedIds(plan, request.machine),
	);
	const counted = await countRuns(
		kernel.libc,
		session.value,
		plan,
		counters,
		COUNTED_MS,
	);
	counters.close();
	session.value.close();
	const probes = explanation.probes.map((p) => withRate(p, plan, counted));
	const told = { ...explanation, probes };
	const [failure] = counted.failures;
	return failure
		? withFailure(told, `${rates}, of some places`, failure.failure)
		: told;
}

function withFailure(
	explanation: Explanation,
	what: string,
	{ code, args }: Failure,
): Explanation {
	return without(explanation, { what, why: makeDiagnostic(code, args).text });
}

/** What kask runs itself does not fire. */
const own = ["begin", "end", "signal", "test", "bench", "iter"];

function requestsOf(
	{ programs, attach }: Plan,
	symbol: string,
): readonly AttachRequest[] {
	return attach.filter(({ program }) => programs[program]?.symbol === symbol);
}

function withRate(
	probe: ProbeExplanation,
	plan: Plan,
	{ runs, passes, seconds }: RunCounts,
): ProbeExplanation {
	const count = runs.get(probe.program);
	const requests = requestsOf(plan, probe.program);
	if (count === undefined || requests.some((r) => own.includes(r.target.kind)))
		return probe;
	const fired = requests.some(sharesCalls) ? passes.get(probe.program) : count;
	return {
		...probe,
		rate: { runs: count, seconds, ...(fired !== undefined && { fired }) },
	};
}

const oneCall = /^tracepoint:syscalls:(sys_(?:enter|exit)_\w+)$/;

/** Attached where all system calls pass, to leave at once where it is another than its own. */
function sharesCalls({ probe, target }: AttachRequest): boolean {
	return oneCall.test(probe) && target.kind !== "tracepoint";
}

/** More counters than that take longer to open than to count. */
const MOST_COUNTED = 32;

/** Numbers of the tracepoints that programs stand for which run for all calls. */
function sharedIds(plan: Plan, machine: Machine): Map<string, number[]> {
	const tracefs = machine.tracefs();
	const found = new Map<string, number[]>();
	if (!tracefs.ok) return found;
	const tracepoints = tracepointsAt(tracefs.value);
	for (const { symbol } of plan.programs) {
		const requests = requestsOf(plan, symbol).filter(sharesCalls);
		if (requests.length === 0 || requests.length > MOST_COUNTED) continue;
		const ids = requests.map(({ probe }) =>
			tracepoints.id("syscalls", oneCall.exec(probe)?.[1] ?? ""),
		);
		found.set(
			symbol,
			ids.filter((id) => id !== undefined),
		);
	}
	return found;
}

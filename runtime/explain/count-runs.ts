// How often each program of a script runs on this machine: attached for a moment, and counted by the kernel. Nothing
// that the programs print is read, and user space does nothing of what they ask for.

import type { Plan } from "../../src/plan.ts";
import type { AttachFailure } from "../attach/all.ts";
import { enableStats, readProgramStats } from "../bpf/program.ts";
import type { Libc } from "../ffi/libc.ts";
import { monotonicMs } from "../machine/clock.ts";
import type { Session } from "../session/session.ts";
import type { TracepointCounters } from "./tracepoint-counters.ts";

export interface RunCounts {
	/** By the program's name in the object. */
	readonly runs: ReadonlyMap<string, number>;
	/** What the counters have counted meanwhile. */
	readonly passes: ReadonlyMap<string, number>;
	readonly seconds: number;
	readonly failures: readonly AttachFailure[];
}

export async function countRuns(
	libc: Libc,
	session: Session,
	plan: Plan,
	counters: TracepointCounters,
	milliseconds: number,
): Promise<RunCounts> {
	const statistics = enableStats(libc);
	const { failures } = session.attach();
	const start = monotonicMs();
	const before = readRuns(libc, session, plan);
	const passedBefore = counters.read();
	await new Promise((resolve) => setTimeout(resolve, milliseconds));
	const after = readRuns(libc, session, plan);
	const passes = difference(counters.read(), passedBefore);
	const seconds = (monotonicMs() - start) / 1000;
	session.detach();
	if (statistics >= 0) libc.call.close(statistics);
	return { runs: difference(after, before), passes, seconds, failures };
}

function difference(
	after: ReadonlyMap<string, number>,
	before: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
	const counts = [...after].map(
		([name, count]) => [name, count - (before.get(name) ?? 0)] as const,
	);
	return new Map(counts);
}

function readRuns(
	libc: Libc,
	session: Session,
	{ programs }: Plan,
): Map<string, number> {
	const found = new Map<string, number>();
	for (const { symbol } of programs) {
		const fd = session.object.programs.get(symbol);
		const stats = fd === undefined ? undefined : readProgramStats(libc, fd);
		if (stats) found.set(symbol, stats.runs + stats.missed);
	}
	return found;
}

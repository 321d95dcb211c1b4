// `--test` and `--bench`: the probes that a script brings for itself are run, instead of its others being attached.
import type { Kernel } from "../../runtime/ffi/kernel.ts";
import type { Sink } from "../../runtime/output/sink.ts";
import { type Result, succeed } from "../../runtime/result.ts";
import type { EndReason } from "../../runtime/session/lifetime.ts";
import { runBenchmarks, runTests } from "../../runtime/session/self-run.ts";
import type { Session } from "../../runtime/session/session.ts";

/** Runs and reports them; says how the run ends: with exit code 1 after a test that failed. */
export function runOwnProbes(
	mode: "test" | "bench",
	kernel: Kernel,
	session: Session,
	sink: Sink,
): Result<EndReason> {
	const programs = session.programsOf(mode);
	const drain = () => session.drainNow();
	if (mode === "bench") {
		const measured = runBenchmarks(kernel, programs, drain);
		if (!measured.ok) return measured;
		sink.benchmarks(measured.value);
		return succeed({ kind: "done" });
	}
	const tested = runTests(kernel, programs, drain);
	if (!tested.ok) return tested;
	sink.tests(tested.value);
	const failed = tested.value.some(({ passed }) => !passed);
	return succeed(failed ? { kind: "exit", code: 1 } : { kind: "done" });
}

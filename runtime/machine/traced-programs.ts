// BPF programs that a script traces: the kernel wants them open while what traces them is loaded.
import type { Plan } from "../../src/plan.ts";
import type { ProgramOptions } from "../bpf/load.ts";
import type { Libc } from "../ffi/libc.ts";
import { describeErrno, fail, type Result, succeed } from "../result.ts";
import { openProgram } from "./running-programs.ts";

export interface TracedPrograms {
	/** By the symbol of the program that traces. */
	readonly options: ReadonlyMap<string, ProgramOptions>;
	close(): void;
}

export function openTracedPrograms(
	libc: Libc,
	plan: Pick<Plan, "attach" | "programs">,
): Result<TracedPrograms> {
	const options = new Map<string, ProgramOptions>();
	const close = () => {
		for (const { attachProgram } of options.values())
			if (attachProgram !== undefined) libc.call.close(attachProgram);
	};
	for (const { target, program, probe } of plan.attach) {
		if (target.kind !== "tracing" || !target.bpfProgram) continue;
		const { id, function: attachTarget } = target.bpfProgram;
		const attachProgram = openProgram(libc, id);
		if (attachProgram < 0) {
			close();
			const why = `BPF program ${id}: ${describeErrno(-attachProgram)}`;
			return fail("E0708", { probe, why }, -attachProgram);
		}
		const symbol = plan.programs[program]?.symbol ?? "";
		options.set(symbol, { attachTarget, attachProgram });
	}
	return succeed({ options, close });
}

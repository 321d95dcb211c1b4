// Keeps the kernel's unwind tables up to date while a script runs that unwinds stacks.
import type { Plan } from "../../src/plan.ts";
import type { Libc } from "../ffi/libc.ts";
import { fail, type Result, succeed } from "../result.ts";
import { KernelMaps } from "./kernel-maps.ts";
import { type StartedProgram, startToEntry } from "./program-entry.ts";
import { UnwindTables } from "./tables.ts";

/** ms between two looks at what the processes have mapped: libraries come and go. */
const LOOK_MS = 250;

export interface Unwinding {
	/** Starts a program, and knows its tables before it begins; `onStop` is called while they are read, and it waits. */
	start(program: StartedProgram, onStop: () => void): void;
	/** Looks at the processes no longer. */
	stop(): void;
}

export interface UnwindingParts {
	readonly plan: Pick<Plan, "maps">;
	readonly libc: Libc;
	/** File descriptors of the loaded maps, by name in the object. */
	readonly maps: ReadonlyMap<string, number>;
	/** The processes that it is about. */
	readonly pids: readonly number[];
}

/** undefined for a script that unwinds no stacks. */
export function openUnwinding(
	parts: UnwindingParts,
): Result<Unwinding | undefined> {
	const { plan, libc, pids } = parts;
	if (!plan.maps.some(({ role }) => role === "unwind"))
		return succeed(undefined);
	const tables = new UnwindTables(new KernelMaps(libc, parts.maps));
	for (const pid of pids) {
		const done = tables.update(pid);
		if (!done.ok) return done;
		if (!tables.has(pid))
			return fail("E0713", { pid, why: "there is no such process" });
	}
	const timer = setInterval(() => {
		for (const pid of pids) tables.update(pid);
	}, LOOK_MS).unref();
	return succeed({
		start: (program, onStop) =>
			startToEntry(libc.ffi, program, () => {
				tables.update(program.pid);
				onStop();
			}),
		stop: () => clearInterval(timer),
	});
}

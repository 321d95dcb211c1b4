// What the programs did while their runs were timed. Only the growth within a window counts: someone else may keep the
// kernel's statistics on all the time.
import { type ProgramStats, readProgramStats } from "../bpf/program.ts";
import type { Libc } from "../ffi/libc.ts";

/** Of one program; numbers that need not be whole once they are scaled. */
export interface TimedRuns {
	readonly runs: number;
	readonly nanoseconds: number;
}

export const noRuns: TimedRuns = { runs: 0, nanoseconds: 0 };

export class TimedRunsMeter {
	readonly #libc: Libc;
	readonly #programs: readonly number[];
	/** The statistics when the window opened; empty while none is open. */
	#opened: readonly ProgramStats[] = [];
	#sums: readonly TimedRuns[];

	/** `programs` are file descriptors. */
	constructor(libc: Libc, programs: readonly number[]) {
		this.#libc = libc;
		this.#programs = programs;
		this.#sums = programs.map(() => noRuns);
	}

	open(): void {
		this.#opened = this.#read();
	}

	/** Ends a window that stands for `weight` times its own length. */
	close(weight: number): void {
		this.#sums = this.sums(weight);
		this.#opened = [];
	}

	/** One for each program; what the open window has seen up to now is included. */
	sums(weight = 1): readonly TimedRuns[] {
		if (this.#opened.length === 0) return this.#sums;
		const now = this.#read();
		return this.#sums.map((sum, i) => {
			const from = this.#opened[i] ?? noRuns;
			const to = now[i] ?? from;
			return {
				runs: sum.runs + (to.runs - from.runs) * weight,
				nanoseconds:
					sum.nanoseconds + (to.nanoseconds - from.nanoseconds) * weight,
			};
		});
	}

	/** Runs the kernel left out, which it counts at all times. */
	missed(): readonly number[] {
		return this.#read().map(({ missed }) => missed);
	}

	#read(): ProgramStats[] {
		const none = { ...noRuns, missed: 0 };
		return this.#programs.map((fd) => readProgramStats(this.#libc, fd) ?? none);
	}
}

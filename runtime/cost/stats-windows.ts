// When the kernel times our programs. Its statistics cost up to 120 ns a run of a program themselves, and switching them a
// quarter of a millisecond, so they are switched on in short windows and scaled, unless they are wanted throughout.
import { enableStats } from "../bpf/program.ts";
import type { Libc } from "../ffi/libc.ts";

/** 1 % of the time: even where the statistics double what an event costs, asking costs no more than that. */
const WINDOW_MS = 10;
/** How much longer than it was open a window is closed: a late one, where CPUs are scarce, costs no more than others. */
const CLOSED_SHARE = 99;
const LONGEST_WAIT_MS = 5000;

export interface Measured {
	/** Nanoseconds that were timed. */
	readonly timed: number;
	/** Nanoseconds from the start to the stop. */
	readonly total: number;
}

export class StatsWindows {
	readonly #libc: Libc;
	readonly #throughout: boolean;
	/** Called after each window. */
	readonly #afterWindow: () => void;
	#fd = -1;
	#timer: NodeJS.Timeout | undefined;
	#started: bigint | undefined;
	#opened = 0n;
	#timed = 0n;
	#total: bigint | undefined;

	constructor(libc: Libc, throughout: boolean, afterWindow: () => void) {
		this.#libc = libc;
		this.#throughout = throughout;
		this.#afterWindow = afterWindow;
	}

	start(): void {
		this.#open();
		this.#started = this.#opened;
	}

	stop(): void {
		if (this.#started === undefined || this.#total !== undefined) return;
		clearTimeout(this.#timer);
		const now = process.hrtime.bigint();
		this.#close(now);
		this.#total = now - this.#started;
	}

	/** Up to now, or to the stop. */
	get measured(): Measured {
		const now = process.hrtime.bigint();
		const open = this.#fd < 0 ? 0n : now - this.#opened;
		const total = this.#total ?? now - (this.#started ?? now);
		return { timed: Number(this.#timed + open), total: Number(total) };
	}

	#open(): void {
		if (this.#fd < 0) {
			this.#fd = enableStats(this.#libc);
			this.#opened = process.hrtime.bigint();
		}
		const begun = process.hrtime.bigint();
		this.#wait(WINDOW_MS, () => {
			if (!this.#throughout) this.#close(process.hrtime.bigint());
			this.#afterWindow();
			const open = Number(process.hrtime.bigint() - begun) / 1e6;
			const wait = Math.min(open * CLOSED_SHARE, LONGEST_WAIT_MS);
			this.#wait(wait, () => this.#open());
		});
	}

	/** `now` is taken before, since the closing takes its time. */
	#close(now: bigint): void {
		if (this.#fd < 0) return;
		this.#timed += now - this.#opened;
		this.#libc.call.close(this.#fd);
		this.#fd = -1;
	}

	/** The timer alone keeps nobody alive. */
	#wait(ms: number, then: () => void): void {
		this.#timer = setTimeout(then, ms);
		this.#timer.unref();
	}
}

// When the kernel times our programs. Its statistics cost up to 120 ns a run of a program themselves, and switching them a
// quarter of a millisecond, so they are switched on in short windows and scaled, unless they are wanted throughout.
import { enableStats } from "../bpf/program.ts";
import type { Libc } from "../ffi/libc.ts";

/** The first windows are short and follow soon, so that a short run has several, and not only one of its beginning. */
const FIRST_WINDOW_MS = 1;
const LONGEST_WINDOW_MS = 10;
const GROWTH = 1.5;
/**
 * How much longer than it was open a window is closed: timed is 1 % of the time. Even where the statistics double what an
 * event costs, asking costs no more than that; a late window, where CPUs are scarce, no more than others.
 */
const CLOSED_SHARE = 99;
const LONGEST_WAIT_MS = 5000;

export interface Measured {
	/** Nanoseconds that were timed. */
	readonly timed: number;
	/** Nanoseconds that the windows stand for: up to the end of the last one. */
	readonly covered: number;
	/** Nanoseconds from the start to the stop. */
	readonly total: number;
}

export interface WindowHooks {
	/** Called before a window opens. */
	readonly onOpen: () => void;
	/** Called once a window is closed; it stands for the time since the one before, `weight` times its own. */
	readonly onClose: (weight: number) => void;
	/** Called each time a window's length has passed; throughout, the window stays open. */
	readonly onWindow: () => void;
}

export class StatsWindows {
	readonly #libc: Libc;
	readonly #throughout: boolean;
	readonly #hooks: WindowHooks;
	#fd = -1;
	#timer: NodeJS.Timeout | undefined;
	#windowMs = FIRST_WINDOW_MS;
	#started: bigint | undefined;
	#opened = 0n;
	/** When the last window was closed. */
	#closed: bigint | undefined;
	#timed = 0;
	#total: bigint | undefined;

	constructor(libc: Libc, throughout: boolean, hooks: WindowHooks) {
		this.#libc = libc;
		this.#throughout = throughout;
		this.#hooks = hooks;
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
		const started = this.#started ?? now;
		const isOpen = this.#fd >= 0;
		const covered = (isOpen ? now : (this.#closed ?? started)) - started;
		return {
			timed: this.#timed + (isOpen ? Number(now - this.#opened) : 0),
			covered: Number(covered),
			total: Number(this.#total ?? now - started),
		};
	}

	#open(): void {
		if (this.#fd < 0) {
			this.#hooks.onOpen();
			this.#fd = enableStats(this.#libc);
			this.#opened = process.hrtime.bigint();
		}
		const begun = process.hrtime.bigint();
		this.#wait(Math.round(this.#windowMs), () => {
			if (!this.#throughout) this.#close(process.hrtime.bigint());
			this.#hooks.onWindow();
			const open = Number(process.hrtime.bigint() - begun) / 1e6;
			const wait = Math.min(open * CLOSED_SHARE, LONGEST_WAIT_MS);
			this.#windowMs = Math.min(this.#windowMs * GROWTH, LONGEST_WINDOW_MS);
			this.#wait(wait, () => this.#open());
		});
	}

	/** `now` is taken before, since the closing takes its time. */
	#close(now: bigint): void {
		if (this.#fd < 0) return;
		this.#libc.call.close(this.#fd);
		this.#fd = -1;
		const open = Number(now - this.#opened);
		// One that the run's end cut short says too little to stand for much more than itself.
		const isWhole =
			this.#closed === undefined || open >= (this.#windowMs * 1e6) / 2;
		if (!isWhole) {
			this.#hooks.onClose(0);
			return;
		}
		this.#timed += open;
		const covered = Number(now - (this.#closed ?? this.#opened));
		this.#closed = now;
		this.#hooks.onClose(open > 0 ? covered / open : 0);
	}

	/** The timer alone keeps nobody alive. */
	#wait(ms: number, then: () => void): void {
		this.#timer = setTimeout(then, ms);
		this.#timer.unref();
	}
}

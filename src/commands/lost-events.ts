// Lost events are told while they are lost, not only at the end: a run may last for days.
import { monotonicMs } from "../../runtime/machine/clock.ts";
import type { Sink } from "../../runtime/output/sink.ts";
import type { Loss } from "../../runtime/session/losses.ts";
import { Diagnostics } from "../base/diagnostics.ts";
import type { Options } from "./options.ts";
import { reportAll } from "./report.ts";

/** A look asks the kernel: not oftener than this (ms). */
const everyMs = 1000;
/** The output is to blame where it was waited for during this share of the time. */
const BLAMED_SHARE = 1 / 3;

export class LostEvents {
	readonly #losses: () => readonly Loss[];
	readonly #sink: Sink;
	readonly #options: Options;
	#told = 0;
	/** When it was looked last, and what `waitedMs` was then. */
	#last = { at: monotonicMs(), waited: 0 };
	#blamed = false;

	constructor(losses: () => readonly Loss[], sink: Sink, options: Options) {
		this.#losses = losses;
		this.#sink = sink;
		this.#options = options;
	}

	/** When events may have been lost, as often as one likes. */
	look(): void {
		if (monotonicMs() - this.#last.at >= everyMs) this.tell(this.#losses());
	}

	/** Tells how many more there are than have been told: together it is all of them. */
	tell(losses: readonly Loss[]): void {
		const slow = this.#wasSlow();
		const total = losses
			.filter(({ reason }) => reason === "ring-full")
			.reduce((sum, { count }) => sum + Number(count), 0);
		if (total === this.#told) return;
		this.#sink.lostEvents(total - this.#told);
		this.#told = total;
		if (slow) this.#blame();
	}

	/** Whether much of the time since the last call went into waiting for the output. */
	#wasSlow(): boolean {
		const now = { at: monotonicMs(), waited: this.#sink.waitedMs };
		const waited = now.waited - this.#last.waited;
		const slow = waited > (now.at - this.#last.at) * BLAMED_SHARE;
		this.#last = now;
		return slow;
	}

	#blame(): void {
		if (this.#blamed) return;
		this.#blamed = true;
		const diagnostics = new Diagnostics();
		diagnostics.report("W0709");
		reportAll(diagnostics, this.#options);
	}
}

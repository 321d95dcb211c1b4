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
	/** Events have been lost while the output was waited for, which has not taken long enough yet to be blamed. */
	#doubtful = false;
	#blamed = false;

	constructor(losses: () => readonly Loss[], sink: Sink, options: Options) {
		this.#losses = losses;
		this.#sink = sink;
		this.#options = options;
	}

	/** From when on events come: what compiling and attaching took was no time to wait for the output in. */
	start(): void {
		this.#last = { at: monotonicMs(), waited: this.#sink.waitedMs };
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
		const lost = total - this.#told;
		if (lost > 0) this.#sink.lostEvents(lost);
		this.#told = total;
		if (slow && (lost > 0 || this.#doubtful)) this.#blame();
		this.#doubtful = (lost > 0 || this.#doubtful) && this.#sink.choked;
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

// When to drain the ring buffer. The kernel wakes us; then we drain by timer, as often as the stream asks for, until it
// dries up. So a busy stream costs one wake-up per drain and not per event, and an idle one costs nothing.

import type { RecordHandler, RingBuffer } from "../bpf/ring-buffer.ts";
import type { Watcher } from "../ffi/ffi.ts";
import { monotonicMs } from "../machine/clock.ts";

export interface PumpOptions {
	/**
	 * Longest time in ms between two drains while nothing arrives; 0, the default, for no timer: right when programs
	 * submit records with flags 0, where the kernel wakes a reader that has caught up, once per drain. With
	 * BPF_RB_NO_WAKEUP a timer is needed, and costs 0.16 % of a CPU at 100 ms.
	 */
	readonly idleMs?: number;
	/**
	 * Called after every drain that handed over records: the place to write what was formatted. `crowded`: there was
	 * hardly room for more, so that events may have been lost.
	 */
	readonly afterDrain?: (crowded: boolean) => void;
	/** True while what was handed over can't be put anywhere: then nothing more is, and `afterDrain` is called all the same. */
	readonly choked?: () => boolean;
}

/** The buffer may fill to this share between two drains before they come more often. */
const FILL_TARGET = 1 / 8;
/** No stream is faster than this (bytes per ms): twice what the quickest one measured, one event per 200 ns. */
const FASTEST_STREAM = 400_000;
/** Trickles are drained at least this often (ms): a person watching sees no lag. */
const SLOWEST_MS = 20;
/** How often it is looked whether there is room for the output again (ms). */
const CHOKED_MS = 10;
/** Of the buffer: events may be lost when it is fuller. */
const CROWDED_SHARE = 7 / 8;
/** Handlers that are slow (`system`) may keep signals waiting for no longer than this (ms). */
const LONGEST_DRAIN_MS = 100;

export class RingPump {
	readonly #ring: RingBuffer;
	readonly #watcher: Watcher;
	readonly #onRecord: RecordHandler;
	readonly #afterDrain: (crowded: boolean) => void;
	readonly #choked: () => boolean;
	readonly #idleMs: number;
	#timer: NodeJS.Timeout | undefined;
	#immediate: NodeJS.Immediate | undefined;
	#drainedAt = 0;
	#delay = 0;
	#running = false;

	constructor(
		ring: RingBuffer,
		watcher: Watcher,
		onRecord: RecordHandler,
		options: PumpOptions = {},
	) {
		this.#ring = ring;
		this.#watcher = watcher;
		this.#onRecord = onRecord;
		this.#afterDrain = options.afterDrain ?? (() => {});
		this.#choked = options.choked ?? (() => false);
		this.#idleMs = options.idleMs ?? 0;
	}

	/** From here on records are handed over, and the event loop is kept alive. */
	start(): void {
		this.#running = true;
		this.#drainedAt = monotonicMs();
		this.#rest();
	}

	/** Drains here and now, whatever the output does; returns how many records were handed over. */
	drainNow(): number {
		return this.#drain();
	}

	/** Drains what there is by now, going on when the output takes more, until the deadline (as of `monotonicMs()`). */
	async drainUntil(deadline: number): Promise<void> {
		const late = () => monotonicMs() > deadline;
		do {
			this.#drain(() => late() || this.#choked());
			if (!this.#choked()) return;
			await new Promise((resolve) => setTimeout(resolve, CHOKED_MS));
			this.#afterDrain(false);
		} while (!late());
	}

	#drain(enough?: () => boolean): number {
		const crowded = this.#isCrowded();
		const count = this.#ring.drain(this.#onRecord, enough);
		if (count > 0) this.#afterDrain(crowded);
		return count;
	}

	#isCrowded(): boolean {
		return this.#ring.pending > this.#ring.size * CROWDED_SHARE;
	}

	/** Lets go of what is in the buffer; returns how many records that was. */
	discard(): number {
		return this.#ring.drain(() => {});
	}

	/** Stops for good. What is left in the buffer can still be had with `drainNow`. */
	stop(): void {
		if (!this.#running) return;
		this.#running = false;
		this.#cancel();
		this.#watcher.stop();
		this.#watcher.close();
	}

	/** Nothing arrives: let the kernel wake us. */
	#rest(): void {
		this.#watcher.start(() => this.#wake());
		if (this.#idleMs > 0)
			this.#timer = setTimeout(() => this.#wake(), this.#idleMs);
	}

	/** Watching a descriptor that is readable would call back in every turn of the event loop. */
	#wake(): void {
		this.#watcher.stop();
		this.#cancel();
		this.#turn();
	}

	#turn(): void {
		if (!this.#running) return;
		if (this.#choked()) this.#afterDrain(this.#isCrowded());
		if (this.#choked()) {
			this.#goOn(CHOKED_MS);
			return;
		}
		const before = this.#ring.consumed;
		const deadline = monotonicMs() + LONGEST_DRAIN_MS;
		this.#drain(() => monotonicMs() > deadline || this.#choked());
		// The handler may have stopped us.
		if (!this.#running) return;
		const now = monotonicMs();
		const bytes = this.#ring.consumed - before;
		const elapsed = Math.max(0.1, now - this.#drainedAt);
		this.#drainedAt = now;
		if (bytes === 0 && this.#ring.pending === 0 && !this.#choked()) {
			this.#delay = 0;
			this.#rest();
		} else {
			this.#delay = chooseDelay(bytes / elapsed, this.#ring.size, this.#delay);
			this.#goOn(this.#delay);
		}
	}

	#goOn(delay: number): void {
		if (delay >= 1) this.#timer = setTimeout(() => this.#turn(), delay);
		else this.#immediate = setImmediate(() => this.#turn());
	}

	#cancel(): void {
		clearTimeout(this.#timer);
		clearImmediate(this.#immediate);
	}
}

/**
 * Milliseconds until the next drain: a buffer of `size` bytes, filling with `rate` bytes per ms, shall not pass its
 * target; and a burst, which may begin at any time, shall not fill it. Delays grow slowly after a rest.
 */
export function chooseDelay(
	rate: number,
	size: number,
	previous: number,
): number {
	const untilTarget = rate > 0 ? (size * FILL_TARGET) / rate : SLOWEST_MS;
	const burstProof = Math.max(1, size / FASTEST_STREAM);
	return Math.min(
		untilTarget,
		burstProof,
		SLOWEST_MS,
		Math.max(1, previous * 2),
	);
}

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
	/** Called after every drain that handed over records: the place to write what was formatted. */
	readonly afterDrain?: () => void;
}

/** The buffer may fill to this share between two drains before they come more often. */
const FILL_TARGET = 1 / 8;
/** No stream is faster than this (bytes per ms): twice what the quickest one measured, one event per 200 ns. */
const FASTEST_STREAM = 400_000;
/** Trickles are drained at least this often (ms): a person watching sees no lag. */
const SLOWEST_MS = 20;
/** Handlers that are slow (`system`) may keep signals waiting for no longer than this (ms). */
const LONGEST_DRAIN_MS = 100;

export class RingPump {
	readonly #ring: RingBuffer;
	readonly #watcher: Watcher;
	readonly #onRecord: RecordHandler;
	readonly #afterDrain: () => void;
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
		this.#idleMs = options.idleMs ?? 0;
	}

	/** From here on records are handed over, and the event loop is kept alive. */
	start(): void {
		this.#running = true;
		this.#drainedAt = monotonicMs();
		this.#rest();
	}

	/**
	 * Drains here and now, as before the last report, until the deadline (as of `monotonicMs()`); returns how many
	 * records were handed over.
	 */
	drainNow(deadline?: number): number {
		const count = this.#ring.drain(this.#onRecord, deadline);
		if (count > 0) this.#afterDrain();
		return count;
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
		const before = this.#ring.consumed;
		this.drainNow(monotonicMs() + LONGEST_DRAIN_MS);
		// The handler may have stopped us.
		if (!this.#running) return;
		const now = monotonicMs();
		const bytes = this.#ring.consumed - before;
		const elapsed = Math.max(0.1, now - this.#drainedAt);
		this.#drainedAt = now;
		if (bytes === 0 && this.#ring.pending === 0) {
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

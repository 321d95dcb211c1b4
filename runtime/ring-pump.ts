// When to drain the ring buffer. The kernel wakes us; then we drain by timer, as often as the stream asks for, until it
// dries up. So a busy stream costs one wake-up per drain and not per event, and an idle one costs nothing.
import type { Watcher } from "./ffi.ts";
import type { RecordHandler, RingBuffer } from "./ring-buffer.ts";

export interface PumpOptions {
	/**
	 * Longest time in ms between two drains while nothing arrives; 0 for no timer. Needed when programs submit records
	 * with BPF_RB_NO_WAKEUP. With the kernel's own rule (flags 0: wake when the reader has caught up) it is not.
	 */
	readonly idleMs?: number;
	/** Called after every drain that handed over records: the place to write what was formatted. */
	readonly afterDrain?: () => void;
}

/** The buffer may fill to this share between two drains before they come more often. */
const FILL_TARGET = 1 / 8;
/** Steady trickles are drained at least this often (ms): a person watching sees no lag. */
const SLOWEST_MS = 20;

export class RingPump {
	readonly #ring: RingBuffer;
	readonly #watcher: Watcher;
	readonly #onRecord: RecordHandler;
	readonly #afterDrain: () => void;
	readonly #idleMs: number;
	#timer: NodeJS.Timeout | undefined;
	#immediate: NodeJS.Immediate | undefined;
	#drainedAt = 0;
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
		this.#idleMs = options.idleMs ?? 100;
	}

	/** From here on records are handed over, and the event loop is kept alive. */
	start(): void {
		this.#running = true;
		this.#drainedAt = performance.now();
		this.#rest();
	}

	/** Drains here and now, as before the last report; returns how many records were handed over. */
	drainNow(): number {
		const count = this.#ring.drain(this.#onRecord);
		if (count > 0) this.#afterDrain();
		return count;
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
		this.drainNow();
		// The handler may have stopped us.
		if (!this.#running) return;
		const now = performance.now();
		const bytes = this.#ring.consumed - before;
		const elapsed = Math.max(0.1, now - this.#drainedAt);
		this.#drainedAt = now;
		if (bytes === 0 && this.#ring.pending === 0) this.#rest();
		else this.#goOn(chooseDelay(bytes / elapsed, this.#ring.size));
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

/** Milliseconds until a buffer of `size` bytes has filled to its target, at `rate` bytes per millisecond. */
export function chooseDelay(rate: number, size: number): number {
	return rate <= 0 ? 1 : Math.min(SLOWEST_MS, (size * FILL_TARGET) / rate);
}

// The wall clock's time of a moment that the kernel noted on its boot-time clock, which is what `nsecs` gives.
import type { Memory } from "../ffi/ffi.ts";
import type { Libc } from "../ffi/libc.ts";

const CLOCK_REALTIME = 0;
const CLOCK_MONOTONIC = 1;
const CLOCK_BOOTTIME = 7;
const CLOCK_TAI = 11;
const SAMPLES = 5;

const checkEveryMs = 1000;
/** The error of a measurement is far below, a wall clock that was set is far above. */
const leastChange = 1_000_000n;

/**
 * Milliseconds since some moment, whatever is done to the wall clock. `performance.now()` is the same, but a start takes 2 ms
 * longer with it: Node loads its modules about performance then.
 */
export function monotonicMs(): number {
	const [seconds, nanoseconds] = process.hrtime();
	return seconds * 1e3 + nanoseconds / 1e6;
}

/**
 * Nanoseconds between the epoch and the moment the boot-time clock counts from. The same at each call, so that
 * differences of times are exact, until the wall clock is set.
 */
export function bootMoments(libc: Libc): () => bigint {
	let moment: bigint | undefined;
	let checked = 0;
	return () => {
		const now = monotonicMs();
		if (moment !== undefined && now - checked < checkEveryMs) return moment;
		checked = now;
		const measured = measureBootMoment(libc);
		const change = measured - (moment ?? 0n);
		if (change > leastChange || change < -leastChange) moment = measured;
		return moment ?? measured;
	};
}

function measureBootMoment(libc: Libc): bigint {
	return clockDifference(libc, CLOCK_REALTIME, CLOCK_BOOTTIME);
}

/** International atomic time less the monotonic clock, in nanoseconds. */
export function taiOffset(libc: Libc): bigint {
	return clockDifference(libc, CLOCK_TAI, CLOCK_MONOTONIC);
}

/** The boot-time clock now, in nanoseconds. */
export function bootClock(libc: Libc): bigint {
	return readClock(libc, CLOCK_BOOTTIME, libc.ffi.allocate(16));
}

/** How far `one` is ahead of `other`, in nanoseconds. */
function clockDifference(libc: Libc, one: number, other: number): bigint {
	const time = libc.ffi.allocate(16);
	let best: { readonly ahead: bigint; readonly width: bigint } | undefined;
	// The first is read before and after: the narrowest pair is the most exact.
	for (let i = 0; i < SAMPLES; i++) {
		const before = readClock(libc, one, time);
		const between = readClock(libc, other, time);
		const width = readClock(libc, one, time) - before;
		if (best === undefined || width < best.width)
			best = { ahead: before + width / 2n - between, width };
	}
	return best?.ahead ?? 0n;
}

function readClock(libc: Libc, clock: number, time: Memory): bigint {
	libc.call.clock_gettime(clock, time.bytes);
	const seconds = time.view.getBigInt64(0, true);
	return seconds * 1_000_000_000n + time.view.getBigInt64(8, true);
}

// The wall clock's time of a moment that the kernel noted on its boot-time clock, which is what `nsecs` gives.
import type { Memory } from "./ffi.ts";
import type { Libc } from "./libc.ts";

const CLOCK_REALTIME = 0;
const CLOCK_BOOTTIME = 7;
const SAMPLES = 5;

const checkEveryMs = 1000;
/** The error of a measurement is far below, a wall clock that was set is far above. */
const leastChange = 1_000_000n;

/**
 * Nanoseconds between the epoch and the moment the boot-time clock counts from. The same at each call, so that
 * differences of times are exact, until the wall clock is set.
 */
export function bootMoments(libc: Libc): () => bigint {
	let moment: bigint | undefined;
	let checked = 0;
	return () => {
		const now = performance.now();
		if (moment !== undefined && now - checked < checkEveryMs) return moment;
		checked = now;
		const measured = measureBootMoment(libc);
		const change = measured - (moment ?? 0n);
		if (change > leastChange || change < -leastChange) moment = measured;
		return moment ?? measured;
	};
}

function measureBootMoment(libc: Libc): bigint {
	const time = libc.ffi.allocate(16);
	let best: { readonly moment: bigint; readonly width: bigint } | undefined;
	// The wall clock is read before and after: the narrowest pair is the most exact.
	for (let i = 0; i < SAMPLES; i++) {
		const before = readClock(libc, CLOCK_REALTIME, time);
		const boot = readClock(libc, CLOCK_BOOTTIME, time);
		const width = readClock(libc, CLOCK_REALTIME, time) - before;
		if (best === undefined || width < best.width)
			best = { moment: before + width / 2n - boot, width };
	}
	return best?.moment ?? 0n;
}

function readClock(libc: Libc, clock: number, time: Memory): bigint {
	libc.call.clock_gettime(clock, time.bytes);
	const seconds = time.view.getBigInt64(0, true);
	return seconds * 1_000_000_000n + time.view.getBigInt64(8, true);
}

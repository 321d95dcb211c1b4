// Time as probes see it and as people do: `nsecs` counts from boot, time of day from 1970.
import type { Ffi } from "./ffi.ts";

export interface Clock {
	/** Nanoseconds since the epoch of a boot-time clock value. The offset is that of the clock's making. */
	wallOfBoot(bootNanoseconds: bigint): bigint;
	/** The same for a value of the monotonic clock, which stands still while the machine sleeps. */
	wallOfMonotonic(nanoseconds: bigint): bigint;
	/** Nanoseconds since boot, sleep included: what `bpf_ktime_get_boot_ns` gives. */
	boot(): bigint;
	/** Nanoseconds since this clock was made. */
	elapsed(): bigint;
}

/** The kernel's `CLOCK_…` numbers. */
const clockId = { real: 0, monotonic: 1, boot: 7 } as const;

/** Reads a clock in nanoseconds. */
export type ReadClock = (id: number) => bigint;

/** undefined where the C library can't be had, or refuses. */
export function openReadClock(ffi: Ffi): ReadClock | undefined {
	const library = ffi.load(["libc.so.6", "libc.so"], {
		clock_gettime: { result: "i32", params: ["i32", "pointer"] },
	});
	if (!library) return undefined;
	const time = ffi.allocate(16);
	return (id) => {
		if (library.call.clock_gettime(id, time.bytes) !== 0) return 0n;
		const seconds = time.view.getBigInt64(0, true);
		return seconds * 1_000_000_000n + time.view.getBigInt64(8, true);
	};
}

export function startClock(read: ReadClock): Clock {
	const offsetOfBoot = measureOffset(read, clockId.boot);
	const offsetOfMonotonic = measureOffset(read, clockId.monotonic);
	const start = read(clockId.boot);
	return {
		wallOfBoot: (nanoseconds) => nanoseconds + offsetOfBoot,
		wallOfMonotonic: (nanoseconds) => nanoseconds + offsetOfMonotonic,
		boot: () => read(clockId.boot),
		elapsed: () => read(clockId.boot) - start,
	};
}

const ROUNDS = 5;

/**
 * Nanoseconds to add to a clock to get the time of day. The two can't be read at one instant, so one is read between
 * two readings of the other; of several rounds the tightest counts.
 */
export function measureOffset(read: ReadClock, clock: number): bigint {
	let offset = 0n;
	let tightest: bigint | undefined;
	for (let round = 0; round < ROUNDS; round++) {
		const before = read(clockId.real);
		const value = read(clock);
		const after = read(clockId.real);
		const gap = after - before;
		// Somebody may set the time of day meanwhile.
		if (gap < 0n || (tightest !== undefined && gap >= tightest)) continue;
		tightest = gap;
		offset = before + gap / 2n - value;
	}
	return offset;
}

// The kernel's statistics are on in short windows, or throughout.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { StatsWindows } from "../../runtime/cost/stats-windows.ts";
import { koffiFfi } from "../../runtime/ffi/koffi.ts";
import type { Libc } from "../../runtime/ffi/libc.ts";

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

/** Counts how often statistics were switched on and off. */
function switches() {
	const seen = { on: 0, off: 0 };
	const libc = {
		ffi: koffiFfi,
		bpf: () => 100 + seen.on++,
		call: { close: () => void seen.off++ },
	};
	return { seen, libc: libc as unknown as Libc };
}

test("a window each second, closed between", () => {
	const { seen, libc } = switches();
	let looks = 0;
	const windows = new StatsWindows(libc, false, () => looks++);
	windows.start();
	expect(seen).toEqual({ on: 1, off: 0 });
	vi.advanceTimersByTime(500);
	expect(seen).toEqual({ on: 1, off: 1 });
	vi.advanceTimersByTime(2000);
	expect(seen).toEqual({ on: 3, off: 3 });
	windows.stop();
	vi.advanceTimersByTime(2000);
	expect(seen).toEqual({ on: 3, off: 3 });
	expect(looks).toBe(3);
	const { timed, total } = windows.measured;
	expect(timed).toBeCloseTo(30e6, -6);
	expect(total).toBeCloseTo(2500e6, -6);
});

test("after a window that closed late, the wait is longer", () => {
	const { seen, libc } = switches();
	const windows = new StatsWindows(libc, false, () => {});
	windows.start();
	// As if the timer had waited 15 ms for a CPU.
	const now = process.hrtime.bigint.bind(process.hrtime);
	const clock = vi.spyOn(process.hrtime, "bigint");
	clock.mockImplementation(() => now() + 15_000_000n);
	vi.advanceTimersByTime(10);
	vi.advanceTimersByTime(2400);
	expect(seen).toEqual({ on: 1, off: 1 });
	vi.advanceTimersByTime(100);
	expect(seen.on).toBe(2);
	clock.mockRestore();
	windows.stop();
});

test("throughout: one window until the stop", () => {
	const { seen, libc } = switches();
	let looks = 0;
	const windows = new StatsWindows(libc, true, () => looks++);
	windows.start();
	vi.advanceTimersByTime(3500);
	expect(seen).toEqual({ on: 1, off: 0 });
	expect(looks).toBeGreaterThan(2);
	windows.stop();
	expect(seen).toEqual({ on: 1, off: 1 });
	const { timed, total } = windows.measured;
	expect(timed).toBe(total);
});

test("throughout, the time that switching takes is none that was not timed", () => {
	const late = () => {
		vi.advanceTimersByTime(3);
		return 100;
	};
	const libc = {
		ffi: koffiFfi,
		bpf: late,
		call: { close: late },
	};
	const windows = new StatsWindows(libc as unknown as Libc, true, () => {});
	windows.start();
	vi.advanceTimersByTime(8);
	windows.stop();
	expect(windows.measured).toEqual({ timed: 8e6, total: 8e6 });
});

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

function hooks() {
	const weights: number[] = [];
	let looks = 0;
	return {
		weights,
		looks: () => looks,
		onOpen: () => {},
		onClose: (weight: number) => void weights.push(weight),
		onWindow: () => void looks++,
	};
}

test("short windows soon, longer ones later: timed is a hundredth", () => {
	const { seen, libc } = switches();
	const told = hooks();
	const windows = new StatsWindows(libc, false, told);
	windows.start();
	expect(seen).toEqual({ on: 1, off: 0 });
	vi.advanceTimersByTime(50);
	expect(seen).toEqual({ on: 1, off: 1 });
	vi.advanceTimersByTime(950);
	expect(seen).toEqual({ on: 5, off: 5 });
	vi.advanceTimersByTime(9000);
	expect(seen).toEqual({ on: 14, off: 14 });
	windows.stop();
	vi.advanceTimersByTime(2000);
	expect(seen).toEqual({ on: 14, off: 14 });
	expect(told.looks()).toBe(14);
	const { timed, total } = windows.measured;
	expect(timed / total).toBeCloseTo(0.01, 3);
});

test("each window stands for the time since the one before", () => {
	const told = hooks();
	const windows = new StatsWindows(switches().libc, false, told);
	windows.start();
	vi.advanceTimersByTime(150);
	expect(told.weights).toEqual([1, expect.closeTo(50.5, 5)]);
	windows.stop();
	expect(windows.measured).toEqual({
		timed: 3e6,
		covered: 102e6,
		total: 150e6,
	});
});

test("a window that the end cuts short counts for nothing", () => {
	const told = hooks();
	const windows = new StatsWindows(switches().libc, false, told);
	windows.start();
	vi.advanceTimersByTime(299);
	const { covered } = windows.measured;
	vi.advanceTimersByTime(2);
	windows.stop();
	expect(told.weights.at(-1)).toBe(0);
	expect(windows.measured.covered).toBe(covered);
});

test("after a window that closed late, the wait is longer", () => {
	const { seen, libc } = switches();
	const windows = new StatsWindows(libc, false, hooks());
	windows.start();
	// As if the timer had waited 15 ms for a CPU.
	const now = process.hrtime.bigint.bind(process.hrtime);
	const clock = vi.spyOn(process.hrtime, "bigint");
	clock.mockImplementation(() => now() + 15_000_000n);
	vi.advanceTimersByTime(10);
	vi.advanceTimersByTime(1500);
	expect(seen).toEqual({ on: 1, off: 1 });
	vi.advanceTimersByTime(100);
	expect(seen.on).toBe(2);
	clock.mockRestore();
	windows.stop();
});

test("throughout: one window until the stop", () => {
	const { seen, libc } = switches();
	const told = hooks();
	const windows = new StatsWindows(libc, true, told);
	windows.start();
	vi.advanceTimersByTime(3500);
	expect(seen).toEqual({ on: 1, off: 0 });
	expect(told.looks()).toBeGreaterThan(2);
	windows.stop();
	expect(seen).toEqual({ on: 1, off: 1 });
	expect(told.weights).toEqual([1]);
	const { timed, covered, total } = windows.measured;
	expect([timed, covered]).toEqual([total, total]);
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
	const windows = new StatsWindows(libc as unknown as Libc, true, hooks());
	windows.start();
	vi.advanceTimersByTime(8);
	windows.stop();
	expect(windows.measured).toEqual({ timed: 8e6, covered: 8e6, total: 8e6 });
});

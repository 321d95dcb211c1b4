// `--bench` and `--test`: programs that the script brings for itself, run here and timed by the kernel.
import { enableStats, readProgramStats } from "../bpf/program.ts";
import type { Kernel } from "../ffi/kernel.ts";
import type { BenchmarkResult, TestResult } from "../output/sink.ts";
import { fail, type Result, succeed } from "../result.ts";
import { runOnce } from "./run-once.ts";
import type { OwnProgram } from "./session.ts";

/** A benchmark goes on until it has run for so many ns in the kernel, or so many times. */
const ENOUGH_NS = 1_000_000;
const ENOUGH_RUNS = 100_000;
/** Runs between two looks at what the kernel has counted. */
const BATCH = 500;

/** `afterBatch` empties what the programs have sent. Benchmarks that return something but 0 want to be left out. */
export function runBenchmarks(
	kernel: Kernel,
	programs: readonly OwnProgram[],
	afterBatch: () => void,
): Result<readonly BenchmarkResult[]> {
	return withStats(kernel, () => {
		const results: BenchmarkResult[] = [];
		for (const program of programs) {
			const before = statsOf(kernel, program);
			let spent = { nanoseconds: 0, runs: 0 };
			let returned = 0;
			while (
				returned === 0 &&
				spent.nanoseconds < ENOUGH_NS &&
				spent.runs < ENOUGH_RUNS
			) {
				const ran = runMany(kernel, program, spent.runs === 0 ? 1 : BATCH);
				if (!ran.ok) return ran;
				returned = ran.value;
				afterBatch();
				spent = since(before, statsOf(kernel, program));
				if (spent.runs === 0)
					return fail("E0707", { what: "--bench", since: "5.8" });
			}
			const { nanoseconds, runs } = spent;
			const average = Math.round(nanoseconds / runs);
			if (returned === 0) results.push({ name: program.name, average, runs });
		}
		return succeed(results);
	});
}

/** Tests pass when they return 0. */
export function runTests(
	kernel: Kernel,
	programs: readonly OwnProgram[],
	afterEach: () => void,
): Result<readonly TestResult[]> {
	return withStats(kernel, () => {
		const results: TestResult[] = [];
		for (const program of programs) {
			const before = statsOf(kernel, program);
			const ran = runMany(kernel, program, 1);
			if (!ran.ok) return ran;
			afterEach();
			const { nanoseconds } = since(before, statsOf(kernel, program));
			const passed = ran.value === 0;
			results.push({ name: program.name, passed, duration: nanoseconds });
		}
		return succeed(results);
	});
}

/** The kernel counts and times runs while the file descriptor is open. */
function withStats<T>(kernel: Kernel, run: () => T): T {
	const fd = enableStats(kernel.libc);
	try {
		return run();
	} finally {
		if (fd >= 0) kernel.libc.call.close(fd);
	}
}

/** The last value that was returned, the first one that is not 0 at the latest. */
function runMany(
	kernel: Kernel,
	{ fd, name }: OwnProgram,
	times: number,
): Result<number> {
	let result: Result<number> = succeed(0);
	for (let i = 0; i < times && result.ok && result.value === 0; i++)
		result = runOnce(kernel, fd, name);
	return result;
}

interface Spent {
	readonly nanoseconds: number;
	readonly runs: number;
}

function statsOf(kernel: Kernel, { fd }: OwnProgram): Spent {
	return readProgramStats(kernel.libc, fd) ?? { nanoseconds: 0, runs: 0 };
}

function since(before: Spent, now: Spent): Spent {
	return {
		nanoseconds: now.nanoseconds - before.nanoseconds,
		runs: now.runs - before.runs,
	};
}

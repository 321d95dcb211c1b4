// Runs of a real program, which the kernel counts as soon as anyone has its statistics switched on.
import { expect, test } from "vitest";
import {
	enableStats,
	ProgramType,
	runProgram,
} from "../../runtime/bpf/program.ts";
import { TimedRunsMeter } from "../../runtime/cost/timed-runs.ts";
import { loadTrial } from "../../runtime/features/feature-trial.ts";
import { kernel } from "./support/kernel.ts";

const { ffi, libc } = kernel;

function withProgram(use: (run: (times: number) => void, fd: number) => void) {
	const context = ffi.allocate(16);
	const loaded = loadTrial(
		kernel,
		{ type: ProgramType.rawTracepoint },
		(fd) => {
			use((times) => {
				for (let i = 0; i < times; i++) runProgram(libc, fd, context);
			}, fd);
			return true;
		},
	);
	expect(loaded).toBe(true);
}

test("what runs between windows does not count, though another has the statistics on", () => {
	withProgram((run, fd) => {
		const statistics = enableStats(libc);
		expect(statistics).toBeGreaterThan(0);
		const meter = new TimedRunsMeter(libc, [fd]);
		const runs = () => meter.sums()[0]?.runs;
		run(100);
		meter.open();
		run(5);
		expect(runs()).toBe(5);
		meter.close(10);
		run(100);
		expect(runs()).toBe(50);
		meter.open();
		run(2);
		meter.close(1);
		expect(runs()).toBe(52);
		expect(meter.sums()[0]?.nanoseconds).toBeGreaterThan(0);
		expect(meter.missed()).toEqual([0]);
		libc.call.close(statistics);
	});
});

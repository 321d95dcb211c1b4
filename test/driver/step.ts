// One part of the test run: a tool, the tests of some folders, the cases on one kernel.
import { spawn } from "node:child_process";

export interface Tally {
	passed: number;
	failed: number;
	skipped: number;
}

export interface StepResult extends Tally {
	/** What the reader should see again at the end: what was skipped or failed, and why. */
	readonly notes: readonly string[];
}

export interface Step {
	readonly name: string;
	run(): Promise<StepResult>;
}

export function passed(): StepResult {
	return { passed: 1, failed: 0, skipped: 0, notes: [] };
}

export function failed(note: string): StepResult {
	return { passed: 0, failed: 1, skipped: 0, notes: [note] };
}

export function skipped(note: string): StepResult {
	return { passed: 0, failed: 0, skipped: 1, notes: [note] };
}

/** Runs a program with this terminal as its output; resolves with the exit code. */
export function runProgram(file: string, args: string[]): Promise<number> {
	return new Promise((resolve, reject) => {
		const child = spawn(file, args, {
			stdio: ["ignore", "inherit", "inherit"],
		});
		child.on("error", reject);
		child.on("close", (code) => resolve(code ?? 1));
	});
}

export function addTallies(tallies: readonly Tally[]): Tally {
	const total: Tally = { passed: 0, failed: 0, skipped: 0 };
	for (const tally of tallies) {
		total.passed += tally.passed;
		total.failed += tally.failed;
		total.skipped += tally.skipped;
	}
	return total;
}

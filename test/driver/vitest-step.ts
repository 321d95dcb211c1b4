// The tests that Vitest runs, for the folders asked for.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runProgram, type Step, type StepResult } from "./step.ts";

/** The part of Vitest's JSON report that is read here. */
interface Report {
	readonly success: boolean;
	readonly numPassedTests: number;
	readonly numFailedTests: number;
	readonly numPendingTests: number;
	readonly testResults: readonly {
		readonly name: string;
		readonly status: string;
		readonly assertionResults: readonly {
			readonly fullName: string;
			readonly status: string;
		}[];
	}[];
}

function readReport(path: string): Report {
	return JSON.parse(readFileSync(path, "utf8"));
}

function summarise(report: Report): StepResult {
	const failures = report.testResults.flatMap((file) => {
		const names = file.assertionResults
			.filter(({ status }) => status === "failed")
			.map(({ fullName }) => `failed: ${file.name}: ${fullName}`);
		// A file that can't even be loaded has no tests that could fail.
		const broken = file.status === "failed" && names.length === 0;
		return broken ? [`failed: ${file.name}`] : names;
	});
	return {
		passed: report.numPassedTests,
		failed: Math.max(failures.length, report.success ? 0 : 1),
		skipped: report.numPendingTests,
		notes: failures,
	};
}

export function vitestStep(root: string, folders: readonly string[]): Step {
	return {
		name: folders.join(", "),
		run: async () => {
			const output = join(root, ".cache/test/vitest.json");
			rmSync(output, { force: true });
			await runProgram(process.execPath, [
				join(root, "node_modules/vitest/vitest.mjs"),
				"run",
				...["--root", root, "--reporter=default", "--reporter=json"],
				`--outputFile.json=${output}`,
				...folders.map((folder) => `test/${folder}/`),
			]);
			return summarise(readReport(output));
		},
	};
}

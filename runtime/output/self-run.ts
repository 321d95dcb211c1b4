// What `--bench` and `--test` report, for people.
import type { BenchmarkResult, TestResult } from "./sink.ts";

const columns = { name: "Benchmark", time: "Time(ns)", runs: "Iterations" };
const leastNameWidth = 40;
const timeWidth = 15;

export function benchmarkTable(results: readonly BenchmarkResult[]): string {
	const names = results.map(({ name }) => name.length);
	const width = Math.max(leastNameWidth, ...names) + 1;
	const line = (name: string, time: string, runs: string) =>
		`${name.padEnd(width)}${time.padEnd(timeWidth)}${runs}\n`;
	const rule = "-".repeat(width + timeWidth + columns.runs.length);
	const rows = results.map(({ name, average, runs }) =>
		line(name, String(average), String(runs)),
	);
	return `${line(columns.name, columns.time, columns.runs)}${rule}\n${rows.join("")}`;
}

export function testReport(results: readonly TestResult[]): string {
	const rows = results.map(
		({ name, passed, duration }) =>
			`${passed ? "passed" : "failed"}  ${name} (${duration} ns)\n`,
	);
	const failed = results.filter(({ passed }) => !passed).length;
	const total = `${results.length - failed} passed, ${failed} failed\n`;
	return rows.join("") + total;
}

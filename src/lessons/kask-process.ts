// Starts another kask, as the learner would: a script runs in a process of its own, which may hang or be refused.
import { spawn } from "node:child_process";

export interface Ended {
	readonly code: number;
	readonly output: string;
	readonly errors: string;
	/** It had to be stopped. */
	readonly late: boolean;
}

/** From the first output on, which is when the probes are attached, or from the start where none comes. */
const startSeconds = 600;
const patienceMs = 3000;
/** More than this is no answer to an exercise. */
const largestOutput = 64 * 1024 * 1024;

/** Output and errors go to the terminal; resolves with the exit code. */
export function showKask(
	words: readonly string[],
	cwd?: string,
): Promise<number> {
	const child = start(words, "inherit", cwd);
	// Ctrl-C is for the script, which prints its maps; the lesson goes on.
	const ignore = () => {};
	process.on("SIGINT", ignore);
	return new Promise((resolve) => {
		child.on("close", (code) => {
			process.off("SIGINT", ignore);
			resolve(code ?? 1);
		});
	});
}

/** Output and errors are kept. SIGINT ends it after so many seconds. */
export function captureKask(
	words: readonly string[],
	seconds: number,
	cwd?: string,
): Promise<Ended> {
	const child = start(words, "pipe", cwd);
	let [output, errors, late] = ["", "", false];
	let force: NodeJS.Timeout | undefined;
	const stop = () => {
		if (late) return;
		late = true;
		child.kill("SIGINT");
		force = setTimeout(() => child.kill("SIGKILL"), patienceMs);
	};
	let timer = setTimeout(stop, startSeconds * 1000);
	child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
		if (output === "") {
			clearTimeout(timer);
			timer = setTimeout(stop, seconds * 1000);
		}
		if (output.length < largestOutput) output += chunk;
		else stop();
	});
	child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
		errors += chunk;
	});
	return new Promise((resolve) => {
		child.on("close", (code) => {
			clearTimeout(timer);
			clearTimeout(force);
			resolve({ code: code ?? 1, output, errors, late });
		});
	});
}

function start(
	words: readonly string[],
	stdio: "inherit" | "pipe",
	cwd: string | undefined,
) {
	const [, program = ""] = process.argv;
	return spawn(process.execPath, [...process.execArgv, program, ...words], {
		cwd,
		stdio: stdio === "inherit" ? "inherit" : ["ignore", stdio, stdio],
	});
}

// Runs a lesson's own script for `kask learn`, or shows its recording where that may not be.
import { existsSync } from "node:fs";
import {
	failUnprivileged,
	readPrivileges,
} from "../../runtime/machine/privileges.ts";
import type { Diagnostics } from "../base/diagnostics.ts";
import type { Lesson } from "../lessons/course.ts";
import { showKask } from "../lessons/kask-process.ts";
import {
	type Answer,
	captureDemo,
	checkAnswer,
	type Outcome,
	showDemo,
} from "../lessons/run.ts";
import { defaultOptions } from "./options.ts";
import { replayedText } from "./replay.ts";
import { addFailure } from "./report.ts";
import { printError, printOut } from "./stdio.ts";

/** Whether scripts can be run here; says that they can't. */
export function mayTrace(diagnostics: Diagnostics, what: string): boolean {
	const privileges = readPrivileges();
	if (!privileges.trace)
		addFailure(diagnostics, failUnprivileged(what, privileges).failure);
	return privileges.trace;
}

/** Runs and judges an answer, with its output as people see it. */
export function checkAndShow(lesson: Lesson, answer: Answer): Promise<Outcome> {
	const options = defaultOptions();
	return checkAnswer(lesson, answer, (tape) => replayedText(tape, options));
}

/** Without root the recording is shown. */
export async function runDemo(
	lesson: Lesson,
	diagnostics: Diagnostics,
): Promise<number> {
	if (readPrivileges().trace) {
		const ended = await showDemo(lesson);
		if (typeof ended === "number") return ended;
		diagnostics.report("E0843", { name: lesson.name, why: ended });
		return 1;
	}
	if (!existsSync(lesson.recording)) {
		mayTrace(diagnostics, "trace the kernel, and the lesson has no recording");
		return 1;
	}
	printError(
		"Tracing takes root. This is a recording of the script's run on another machine:\n\n",
	);
	return showKask(["-q", "replay", lesson.recording]);
}

/** Leaves the recording in the lesson. */
export async function recordDemo(
	lesson: Lesson,
	diagnostics: Diagnostics,
): Promise<number> {
	if (!mayTrace(diagnostics, "record a run")) return 1;
	const ended = await captureDemo(lesson, lesson.recording);
	if (typeof ended === "string") {
		diagnostics.report("E0843", { name: lesson.name, why: ended });
		return 1;
	}
	printError(ended.errors);
	printOut(ended.output);
	return ended.code;
}

// Tries a lesson as its teacher wants it: its script runs and is shown again, its solution is right, and every wrong
// answer is told what it should be told.
import { readFileSync } from "node:fs";
import type { Diagnostics } from "../base/diagnostics.ts";
import { type Lesson, readWrongAnswers } from "./course.ts";
import { captureKask } from "./kask-process.ts";
import { indent, verdictText } from "./page.ts";
import { captureDemo, checkAnswer, type Outcome } from "./run.ts";

export interface Trial {
	readonly what: string;
	/** undefined where all is well. */
	readonly complaint: string | undefined;
}

/** One after the other, so that they do not see each other's events. */
export async function* tryLesson(
	lesson: Lesson,
	diagnostics: Diagnostics,
): AsyncGenerator<Trial> {
	yield { what: "demo.bt", complaint: await tryDemo(lesson) };
	yield { what: "demo.rec", complaint: await tryRecording(lesson) };
	const solved = await check(lesson, `${lesson.folder}/solution.bt`);
	yield { what: "solution.bt", complaint: complainOfSolution(solved) };
	for (const { path, told } of readWrongAnswers(lesson, diagnostics)) {
		const outcome = await check(lesson, path);
		const what = path.slice(lesson.folder.length + 1);
		yield { what, complaint: complainOfWrong(outcome, told) };
	}
}

function check(lesson: Lesson, path: string): Promise<Outcome> {
	// As text: what is said of a shipped file is shorter than what a learner is told.
	const text = readFileSync(path, "utf8");
	return checkAnswer(lesson, { kind: "text", text }, async () => "");
}

async function tryDemo(lesson: Lesson): Promise<string | undefined> {
	const ended = await captureDemo(lesson);
	if (typeof ended === "string") return ended;
	if (ended.late) return "it did not end";
	if (ended.code !== 0) return `it ended with ${ended.code}\n${ended.errors}`;
	return hasContent(ended.output) ? undefined : "it shows nothing";
}

async function tryRecording(lesson: Lesson): Promise<string | undefined> {
	const words = ["-q", "--at-once", "replay", lesson.recording];
	const { code, output, errors } = await captureKask(words, 30);
	if (code !== 0) return errors;
	return hasContent(output) ? undefined : "it shows nothing";
}

function hasContent(output: string): boolean {
	return output.replace(/^Attached .*$/m, "").trim() !== "";
}

/** All that a learner would read. */
export function outcomeText(outcome: Outcome, columns?: number): string {
	switch (outcome.kind) {
		case "broken":
			return outcome.why;
		case "refused":
			return outcome.errors;
		case "judged": {
			const { verdict, shown, errors } = outcome;
			const output = shown.trim() === "" ? "    (nothing)" : indent(cut(shown));
			return `${errors}What came out:\n\n${output}\n\n${verdictText(verdict, columns)}`;
		}
		default:
			return outcome satisfies never;
	}
}

const longestShown = 30;

function cut(output: string): string {
	const lines = output.replace(/^\n+/, "").trimEnd().split("\n");
	const more = lines.length - longestShown;
	if (more <= 1) return lines.join("\n");
	return [...lines.slice(0, longestShown), `… and ${more} more lines`].join(
		"\n",
	);
}

function complainOfSolution(outcome: Outcome): string | undefined {
	const right = outcome.kind === "judged" && outcome.verdict.right;
	return right ? undefined : outcomeText(outcome);
}

function complainOfWrong(outcome: Outcome, told: string): string | undefined {
	const text = outcomeText(outcome);
	if (outcome.kind === "broken") return text;
	if (outcome.kind === "judged" && outcome.verdict.right)
		return `it is taken for right\n${text}`;
	const flat = (words: string) => words.replace(/\s+/g, " ");
	return flat(text).includes(flat(told))
		? undefined
		: `it is not told: ${told}\n${text}`;
}

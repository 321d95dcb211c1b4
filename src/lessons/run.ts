// Runs a script in a lesson: to be seen, to be recorded, or to be judged.
import { chmodSync, copyFileSync } from "node:fs";
import type { Lesson } from "./course.ts";
import type { Asked } from "./figure.ts";
import { judge, lacksMaps, missingFacts, type Verdict } from "./judge.ts";
import { captureKask, type Ended, showKask } from "./kask-process.ts";
import { readRecords } from "./records.ts";
import type { Check, Stage } from "./schema.ts";
import { missingNeed, openWorkplace, type Workplace } from "./workplace.ts";

/** A learner's script: a file by its path, or text. */
export type Answer =
	| { readonly kind: "file"; readonly path: string; readonly text: string }
	| { readonly kind: "text"; readonly text: string };

export type Outcome =
	/** `shown` is the run's output as people see it. */
	| {
			readonly kind: "judged";
			readonly verdict: Verdict;
			readonly shown: string;
			readonly errors: string;
	  }
	/** Not compiled, not loaded or not attached: the errors say why. */
	| { readonly kind: "refused"; readonly errors: string }
	/** The lesson's own commands failed. */
	| { readonly kind: "broken"; readonly why: string };

/** Runs the script while the lesson makes its event happen, and compares. `show` makes text of its recording. */
export async function checkAnswer(
	lesson: Lesson,
	answer: Answer,
	show: (recording: string) => Promise<string>,
): Promise<Outcome> {
	const { check, needs } = lesson.definition;
	const place = open(check, needs);
	if (typeof place === "string") return { kind: "broken", why: place };
	try {
		const tape = place.path("run.rec");
		const words = ["-f", "json", "--record", tape];
		const run = await captureKask(
			[...words, ...scriptWords(answer, check, place)],
			check.seconds,
		);
		const records = readRecords(run.output);
		if (!records.attached) return { kind: "refused", errors: run.errors };
		const facts = place.facts();
		const asked = { records, facts, script: withoutComments(answer.text) };
		const why = brokenBy(check, place, asked);
		if (why !== undefined) return { kind: "broken", why };
		const shown = await show(tape);
		const verdict = explain(judge(check, asked), run, lesson, asked);
		return { kind: "judged", verdict, shown, errors: run.errors };
	} finally {
		place.close();
	}
}

function open(stage: Stage, needs: Lesson["definition"]["needs"]) {
	const missing = missingNeed(needs);
	return missing === undefined
		? openWorkplace(stage, needs)
		: `it needs a ${missing} to trace, and no folder here is on one`;
}

function scriptWords(
	answer: Answer,
	{ parameters }: Stage,
	{ command }: Workplace,
): readonly string[] {
	const meanwhile = command === undefined ? [] : ["-c", command];
	return answer.kind === "file"
		? [...meanwhile, answer.path, ...parameters]
		: [...meanwhile, "-e", answer.text, "--", ...parameters];
}

function withoutComments(script: string): string {
	return script.replace(/\/\/.*|\/\*[\s\S]*?\*\//g, "");
}

/** What is the lesson's fault, not the learner's. */
function brokenBy(
	check: Check,
	place: Workplace,
	{ facts }: Asked,
): string | undefined {
	const outcome = place.outcome();
	if (outcome && outcome.status !== 0)
		return outcome.errors || `its command ended with ${outcome.status}`;
	// A script that ended early took the command with it.
	if (!outcome) return undefined;
	const missing = missingFacts(check, facts);
	return missing.length === 0
		? undefined
		: `nothing has set ${missing.join(", ")}, of which lesson.json speaks`;
}

/** Puts before the lesson's own words what can be said of any script. */
function explain(
	verdict: Verdict,
	{ late }: Ended,
	lesson: Lesson,
	asked: Asked,
): Verdict {
	const { check } = lesson.definition;
	if (late) {
		const what = `Your script did not end within ${check.seconds} seconds.`;
		const how =
			check.act === undefined
				? " Nobody ends it here: let it call exit()."
				: "";
		return { ...verdict, right: false, advice: [`${what}${how}`] };
	}
	if (verdict.right) return verdict;
	const early =
		"Your script calls exit(), and may not have seen all that happened. Leave it out: kask ends the script when that is over.";
	const none =
		"No map was printed. kask prints the maps at the end that hold something: did your probe fire, and is its predicate ever true?";
	const calls = /\bexit\s*\(/;
	const ends = calls.test(asked.script) && !calls.test(lesson.solution);
	return {
		...verdict,
		advice: [
			...(ends ? [early] : []),
			...(lacksMaps(check, asked) ? [none] : []),
			...verdict.advice,
		],
	};
}

/** Shows the lesson's own script on this kernel. The exit code, or what went wrong. */
export async function showDemo(lesson: Lesson): Promise<number | string> {
	return runDemo(lesson, (words) => showKask(words, lesson.folder));
}

/** Runs it unseen; records it where a path is given. */
export async function captureDemo(
	lesson: Lesson,
	recording?: string,
): Promise<Ended | string> {
	const { seconds } = lesson.definition.check;
	return runDemo(lesson, async (words, place) => {
		const tape = place.path("demo.rec");
		const more = recording === undefined ? [] : ["--record", tape];
		const ended = await captureKask(
			[...more, ...words],
			seconds,
			lesson.folder,
		);
		if (recording !== undefined && ended.code === 0) {
			copyFileSync(tape, recording);
			chmodSync(recording, 0o644);
		}
		return ended;
	});
}

async function runDemo<T>(
	{ demo, definition }: Lesson,
	run: (words: readonly string[], place: Workplace) => Promise<T>,
): Promise<T | string> {
	const place = open(definition.demo, definition.needs);
	if (typeof place === "string") return place;
	try {
		// Without its folder: a recording says nothing of where it was made.
		const answer: Answer = { kind: "file", path: "demo.bt", text: demo };
		return await run(scriptWords(answer, definition.demo, place), place);
	} finally {
		place.close();
	}
}

// `kask learn`: shows lessons, runs their scripts, checks answers. What happens in a terminal is in learn-session.ts.
import { readFileSync } from "node:fs";
import type { Diagnostics } from "../base/diagnostics.ts";
import {
	type Entry,
	findEntry,
	type Lesson,
	listCourse,
	readLesson,
} from "../lessons/course.ts";
import {
	courseText,
	hintText,
	solutionText,
	wholeText,
} from "../lessons/page.ts";
import {
	forgetProgress,
	keepProgress,
	readProgress,
	withDone,
} from "../lessons/progress.ts";
import type { Answer } from "../lessons/run.ts";
import { outcomeText, tryLesson } from "../lessons/try-lesson.ts";
import { lessonDirectory } from "./install.ts";
import { type LearnOptions, readLearnOptions } from "./learn-options.ts";
import { checkAndShow, mayTrace, recordDemo, runDemo } from "./learn-run.ts";
import type { Options } from "./options.ts";
import { reportAll } from "./report.ts";
import { isTerminal, printError, printOut } from "./stdio.ts";

/** `options.operands` are the words after `learn`. */
export async function learnCommand(
	options: Options,
	diagnostics: Diagnostics,
): Promise<number> {
	const learn = readLearnOptions(options.operands);
	const code = await learnWith(learn, diagnostics);
	return reportAll(diagnostics, options) || code;
}

async function learnWith(
	learn: LearnOptions,
	diagnostics: Diagnostics,
): Promise<number> {
	if (learn.reset) forgetProgress();
	const course = listCourse(lessonDirectory(), learn.from);
	if (course.length === 0) {
		const folder = learn.from ?? lessonDirectory();
		diagnostics.report("E0845", { folder });
		return 1;
	}
	if (learn.lesson === "list") return listLessons(course, diagnostics);
	if (learn.lesson === "all") return workOnAll(course, learn, diagnostics);
	if (learn.reset && learn.lesson === undefined) return 0;
	const entry = chooseEntry(course, learn.lesson, diagnostics);
	const lesson = entry && readLesson(entry, diagnostics);
	if (!lesson) return 1;
	return workOn(lesson, course, learn, diagnostics);
}

/** Named, or where the learner is, or the first that is not done. */
function chooseEntry(
	course: readonly Entry[],
	named: string | undefined,
	diagnostics: Diagnostics,
): Entry | undefined {
	if (named !== undefined) return findEntry(course, named, diagnostics);
	const { at, done } = readProgress();
	return (
		course.find(({ name }) => name === at) ??
		course.find(({ name }) => !done.includes(name)) ??
		course[0]
	);
}

function listLessons(
	course: readonly Entry[],
	diagnostics: Diagnostics,
): number {
	const { at, done } = readProgress();
	const rows = course.flatMap((entry) => {
		const lesson = readLesson(entry, diagnostics);
		return lesson ? [{ ...entry, title: lesson.guide.title }] : [];
	});
	printOut(courseText(rows, done, at));
	return 0;
}

/** For teachers: `--test` and `--record` of the whole course. */
async function workOnAll(
	course: readonly Entry[],
	learn: LearnOptions,
	diagnostics: Diagnostics,
): Promise<number> {
	let code = 0;
	for (const entry of course) {
		const lesson = readLesson(entry, diagnostics);
		if (!lesson) continue;
		const ended = await workOn(lesson, course, learn, diagnostics);
		code = Math.max(code, ended);
	}
	return code;
}

async function workOn(
	lesson: Lesson,
	course: readonly Entry[],
	learn: LearnOptions,
	diagnostics: Diagnostics,
): Promise<number> {
	const { guide } = lesson;
	if (learn.test) return testLesson(lesson, diagnostics);
	if (learn.record) return recordDemo(lesson, diagnostics);
	if (learn.run) return runDemo(lesson, diagnostics);
	if (learn.hint) {
		const hints = guide.hints.map((_, i) => hintText(lesson, i + 1));
		printOut(`${hints.join("\n\n")}\n`);
		return 0;
	}
	if (learn.solution) {
		printOut(solutionText(lesson));
		return 0;
	}
	if (learn.check !== undefined || learn.program !== undefined) {
		const answer = readAnswer(learn, diagnostics);
		return answer ? check(lesson, answer, diagnostics) : 1;
	}
	if (learn.lesson !== "all" && isTerminal(0) && isTerminal(1)) {
		const { Session } = await import("./learn-session.ts");
		return new Session(course, diagnostics).from(lesson);
	}
	printOut(wholeText(lesson, course.length));
	return 0;
}

function readAnswer(
	{ check: path, program }: LearnOptions,
	diagnostics: Diagnostics,
): Answer | undefined {
	if (path === undefined) return { kind: "text", text: program ?? "" };
	try {
		return { kind: "file", path, text: readFileSync(path, "utf8") };
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		diagnostics.report("E0804", { path, why });
		return undefined;
	}
}

async function check(
	lesson: Lesson,
	answer: Answer,
	diagnostics: Diagnostics,
): Promise<number> {
	if (!mayTrace(diagnostics, "run your script, which is how it is checked"))
		return 1;
	const outcome = await checkAndShow(lesson, answer);
	if (outcome.kind === "broken") {
		diagnostics.report("E0843", { name: lesson.name, why: outcome.why });
		return 1;
	}
	const right = outcome.kind === "judged" && outcome.verdict.right;
	if (outcome.kind === "refused") printError(outcome.errors);
	else printOut(outcomeText(outcome));
	if (right) keepProgress(withDone(readProgress(), lesson.name), diagnostics);
	return right ? 0 : 1;
}

async function testLesson(
	lesson: Lesson,
	diagnostics: Diagnostics,
): Promise<number> {
	if (!mayTrace(diagnostics, "try a lesson")) return 1;
	let code = 0;
	for await (const { what, complaint } of tryLesson(lesson, diagnostics)) {
		const well = complaint === undefined;
		printOut(`${well ? "ok    " : "FAILED"}  ${lesson.name}/${what}\n`);
		if (well) continue;
		printOut(`${complaint}\n`);
		code = 1;
	}
	return code;
}

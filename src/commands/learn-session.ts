// `kask learn` in a terminal: the idea, the script's run, the exercise, until it is right or the learner goes elsewhere.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline/promises";
import { Diagnostics } from "../base/diagnostics.ts";
import { type Entry, type Lesson, readLesson } from "../lessons/course.ts";
import {
	courseText,
	exerciseText,
	fillText,
	hintText,
	ideaText,
	solutionText,
	titleLine,
} from "../lessons/page.ts";
import {
	answerPath,
	keepProgress,
	readProgress,
	withDone,
} from "../lessons/progress.ts";
import type { Answer } from "../lessons/run.ts";
import { outcomeText } from "../lessons/try-lesson.ts";
import { checkAndShow, mayTrace, runDemo } from "./learn-run.ts";
import { reportAll } from "./report.ts";
import { errorsAreSeen, printOut } from "./stdio.ts";

/** Where the learner goes from a lesson: by so many lessons, or away. */
type Way = number | "quit";

const help = `Type a script on one line, or the name of a file that holds one. Or:
  Enter, r   run the lesson's script          e   write your script in $EDITOR, then check it
  h          a hint, each time another        s   the solution
  x          the exercise again               t   the lesson from its beginning
  n, p       next lesson, the one before      l   list;  q   quit
`;

export class Session {
	readonly #course: readonly Entry[];
	readonly #diagnostics: Diagnostics;
	/** What was typed, for the arrow keys; newest first. */
	#history: string[] = [];

	constructor(course: readonly Entry[], diagnostics: Diagnostics) {
		this.#course = course;
		this.#diagnostics = diagnostics;
	}

	/** Goes on from this lesson; resolves with the exit code. */
	async from(first: Lesson): Promise<number> {
		let lesson: Lesson | undefined = first;
		while (lesson) {
			keepProgress({ ...readProgress(), at: lesson.name }, this.#diagnostics);
			this.#tell();
			const way = await this.#teach(lesson);
			if (way === "quit") break;
			const next: Entry | undefined = this.#course[lesson.number - 1 + way];
			if (!next) {
				const all = way > 0 ? "That was the last lesson." : "";
				printOut(`${all || "This is the first lesson."}\n`);
				if (way > 0) break;
				continue;
			}
			lesson = readLesson(next, this.#diagnostics);
		}
		return 0;
	}

	/** Says at once what is wrong, and once only. */
	#tell(diagnostics = this.#diagnostics): void {
		const color = errorsAreSeen() && process.env.NO_COLOR === undefined;
		reportAll(diagnostics, { warnings: true, color });
		diagnostics.all.length = 0;
	}

	async #teach(lesson: Lesson): Promise<Way> {
		const total = this.#course.length;
		printOut(`\n${titleLine(lesson, total, bold)}\n\n`);
		printOut(`${ideaText(lesson, columns())}\n`);
		const first = await this.#ask(
			"Enter runs it, ? tells what else you can do",
		);
		let state: State = { hints: 0, ran: false };
		let typed = first;
		for (;;) {
			const step = await this.#act(lesson, typed, state);
			if (typeof step !== "object") return step;
			state = step;
			typed = await this.#ask(
				state.done ? "Enter: next lesson" : "your script",
			);
		}
	}

	/** Does what was typed. */
	async #act(
		lesson: Lesson,
		typed: string,
		state: State,
	): Promise<State | Way> {
		switch (typed) {
			case "q":
				return "quit";
			case "n":
				return 1;
			case "p":
				return -1;
			case "t":
				return 0;
			case "":
				if (state.done) return 1;
				if (!state.ran) return this.#run(lesson, state);
				printOut(help);
				return state;
			case "r":
				return this.#run(lesson, state);
			case "x":
				printOut(`\n${exerciseText(lesson, bold, columns())}\n`);
				return state;
			case "h":
				return showHint(lesson, state);
			case "s":
				printOut(`\n${solutionText(lesson, columns())}\n`);
				return state;
			case "l":
				printOut(this.#list());
				return state;
			case "?":
				printOut(help);
				return state;
			case "e":
				return this.#check(lesson, edit(lesson), state);
			default:
				return this.#check(lesson, readTyped(typed), state);
		}
	}

	async #run(lesson: Lesson, state: State): Promise<State> {
		const diagnostics = new Diagnostics();
		printOut("\n");
		await runDemo(lesson, diagnostics);
		this.#tell(diagnostics);
		printOut("\n");
		if (lesson.guide.look !== "")
			printOut(`${fillText(lesson.guide.look, columns())}\n\n`);
		printOut(`${exerciseText(lesson, bold, columns())}\n`);
		return { ...state, ran: true };
	}

	async #check(
		lesson: Lesson,
		answer: Answer | string,
		state: State,
	): Promise<State> {
		if (typeof answer === "string") {
			printOut(`${answer}\n`);
			return state;
		}
		const diagnostics = new Diagnostics();
		if (!mayTrace(diagnostics, "run your script, which is how it is checked")) {
			this.#tell(diagnostics);
			return state;
		}
		const outcome = await checkAndShow(lesson, answer);
		if (outcome.kind === "broken") {
			diagnostics.report("E0843", { name: lesson.name, why: outcome.why });
			this.#tell(diagnostics);
			return state;
		}
		printOut(`\n${outcomeText(outcome, columns())}\n`);
		if (outcome.kind !== "judged" || !outcome.verdict.right) return state;
		if (lesson.guide.why !== "")
			printOut(`${fillText(lesson.guide.why, columns())}\n\n`);
		keepProgress(withDone(readProgress(), lesson.name), this.#diagnostics);
		return { ...state, done: true };
	}

	#list(): string {
		const { at, done } = readProgress();
		const rows = this.#course.flatMap((entry) => {
			const lesson = readLesson(entry, this.#diagnostics);
			return lesson ? [{ ...entry, title: lesson.guide.title }] : [];
		});
		return courseText(rows, done, at);
	}

	/** What was typed; "q" at the end of input and for Ctrl-C. */
	async #ask(prompt: string): Promise<string> {
		const lines = createInterface({
			input: process.stdin,
			output: process.stdout,
			history: this.#history,
		});
		lines.on("history", (history: string[]) => {
			this.#history = history;
		});
		const closed = new Promise<string>((resolve) => {
			lines.on("close", () => resolve("q"));
			lines.on("SIGINT", () => lines.close());
		});
		const typed = await Promise.race([lines.question(`${prompt}> `), closed]);
		lines.close();
		return typed.trim();
	}
}

interface State {
	/** Hints that were given. */
	readonly hints: number;
	/** The lesson's script was run. */
	readonly ran: boolean;
	readonly done?: true;
}

function bold(text: string): string {
	return process.env.NO_COLOR === undefined
		? `\u001b[1m${text}\u001b[0m`
		: text;
}

function columns(): number {
	return process.stdout.columns || 80;
}

function showHint(lesson: Lesson, state: State): State {
	const { length } = lesson.guide.hints;
	if (state.hints === length) {
		printOut("There are no more hints; s shows the solution.\n");
		return state;
	}
	printOut(`\n${hintText(lesson, state.hints + 1, columns())}\n\n`);
	return { ...state, hints: state.hints + 1 };
}

/** A file, or a script in one line; a text says that it is neither. */
function readTyped(typed: string): Answer | string {
	if (existsSync(typed)) return fileAnswer(typed);
	if (typed.includes("{")) return { kind: "text", text: typed };
	return `${typed} is neither a file nor a script; ? tells what you can do.`;
}

function fileAnswer(path: string): Answer | string {
	try {
		return { kind: "file", path, text: readFileSync(path, "utf8") };
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

/** Lets the learner write; what was written is kept for the next time. */
function edit(lesson: Lesson): Answer | string {
	const path = answerPath(lesson.name);
	try {
		if (!existsSync(path)) {
			mkdirSync(dirname(path), { recursive: true });
			const exercise = lesson.guide.exercise.replace(/^/gm, "// ");
			writeFileSync(path, `${exercise}\n\n${lesson.demo}`);
		}
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
	const { VISUAL, EDITOR } = process.env;
	const editor = VISUAL || EDITOR || "editor";
	const script = `${editor} "$1" || { [ $? -ne 127 ] || echo "Set EDITOR to the editor that you like."; exit 1; }`;
	const { status } = spawnSync("sh", ["-c", script, "sh", path], {
		stdio: "inherit",
	});
	return status === 0 ? fileAnswer(path) : `Your script is in ${path}.`;
}

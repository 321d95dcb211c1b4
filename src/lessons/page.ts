// Lessons as text for a terminal: paragraphs in lines that fit, scripts as they are.
import type { Entry, Lesson } from "./course.ts";
import type { Verdict } from "./judge.ts";

const widest = 92;

/** Bold where people look. */
export type Emphasis = (text: string) => string;

/** Paragraphs are filled anew; what is indented or fenced stays as it is. */
export function fillText(text: string, columns = 80): string {
	const width = Math.min(columns, widest);
	const blocks = text.trim().split(/\n(?=```)|(?<=\n```)\n|\n{2,}/);
	return blocks
		.map((block) => {
			if (block.startsWith("```"))
				return indent(block.replace(/^```.*\n|\n?```$/g, ""));
			return /^(?: {4}|\||- )/.test(block)
				? block
				: fillParagraph(block, width);
		})
		.join("\n\n");
}

function fillParagraph(text: string, width: number): string {
	const lines = [""];
	for (const word of text.split(/\s+/)) {
		const line = lines.at(-1) ?? "";
		if (line !== "" && line.length + word.length >= width) lines.push(word);
		else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
	}
	return lines.join("\n");
}

export function indent(text: string): string {
	return text.trimEnd().replace(/^(?=.)/gm, "    ");
}

export function titleLine(lesson: Lesson, total: number, bold: Emphasis) {
	return bold(`Lesson ${lesson.number} of ${total}: ${lesson.guide.title}`);
}

/** The idea and the script. */
export function ideaText({ guide, demo }: Lesson, columns?: number): string {
	return `${fillText(guide.idea, columns)}\n\n${indent(demo)}\n`;
}

export function exerciseText({ guide }: Lesson, bold: Emphasis, columns = 80) {
	return `${bold("Exercise")}\n\n${fillText(guide.exercise, columns)}\n`;
}

export function hintText({ guide }: Lesson, number: number, columns = 80) {
	const hint = guide.hints[number - 1] ?? "";
	return fillText(`Hint ${number} of ${guide.hints.length}: ${hint}`, columns);
}

export function solutionText({ guide, solution }: Lesson, columns = 80) {
	const why = guide.why === "" ? "" : `\n${fillText(guide.why, columns)}\n`;
	return `${indent(solution)}\n${why}`;
}

/** All of a lesson, for those who read it without a terminal. */
export function wholeText(lesson: Lesson, total: number): string {
	const plain: Emphasis = (text) => text;
	const { guide, number } = lesson;
	const look = guide.look === "" ? "" : `${fillText(guide.look)}\n\n`;
	return `${titleLine(lesson, total, plain)}

${ideaText(lesson)}
Run it: kask learn ${number} --run

${look}${exerciseText(lesson, plain)}
Check yours: kask learn ${number} --check FILE    or    kask learn ${number} -e 'script'
Help: kask learn ${number} --hint                 the answer: kask learn ${number} --solution
`;
}

/** A table of what was expected and what came out, and what that tells. */
export function verdictText(
	{ right, findings, advice }: Verdict,
	columns = 80,
): string {
	const rows = [
		["", "expected", "came out", ""],
		...findings.map((f) => [
			f.what,
			f.expected,
			f.found,
			f.right ? "right" : "wrong",
		]),
	];
	const widths = [0, 1, 2].map((i) =>
		Math.max(...rows.map((row) => row[i]?.length ?? 0)),
	);
	const table = rows.map((row) =>
		`  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join("   ")}`.trimEnd(),
	);
	const said = right
		? ["Right: what came out is what happened."]
		: advice.length > 0
			? advice.map((text) => fillText(text, columns))
			: ["That is not what happened. h gives a hint (kask learn --hint)."];
	return `${table.join("\n")}\n\n${said.join("\n\n")}\n`;
}

/** `kask learn list`. */
export function courseText(
	rows: readonly (Entry & { readonly title: string })[],
	done: readonly string[],
	at: string | undefined,
): string {
	const lines = rows.map(({ number, name, title }) => {
		const mark = done.includes(name) ? "done" : name === at ? "here" : "";
		return `${String(number).padStart(3)}  ${mark.padEnd(4)}  ${title}`;
	});
	return `${lines.join("\n")}\n`;
}

// An Explanation as text for the terminal: probes, builtins, maps, then the code.
import type { Explanation, ProgramExplanation } from "../explanation.ts";
import { type Item, type Passage, passages } from "../passages.ts";
import { verifiedWords } from "../words.ts";
import { paragraph } from "./columns.ts";
import type { Paint } from "./paint.ts";
import { renderCode } from "./render-code.ts";

export interface Look {
	/** Columns of the terminal. */
	readonly width: number;
	readonly paint: Paint;
}

/** Prose is hard to read in longer lines. */
const longestProse = 100;

export function renderText(explanation: Explanation, look: Look): string {
	const { head, tail } = passages(explanation);
	const prose = { ...look, width: Math.min(look.width, longestProse) };
	const parts = [
		...head.map((p) => passageText(p, prose)),
		...explanation.programs.map((p) => programText(explanation, p, look)),
		...tail.map((p) => passageText(p, prose)),
	];
	return parts.filter((part) => part !== "").join("\n");
}

function passageText({ title, items }: Passage, look: Look): string {
	if (items.length === 0) return "";
	const texts = items.map((item) => itemText(item, look));
	return `${look.paint.title(title)}\n${texts.join("\n")}`;
}

function itemText(
	{ name, note, sentences }: Item,
	{ width, paint }: Look,
): string {
	const body = sentences.map((sentence) => paragraph(sentence, width, 4));
	const noted = note === "" ? "" : paint.dim(`  ${note}`);
	return `  ${paint.script(name)}${noted}\n${body.join("")}`;
}

function programText(
	explanation: Explanation,
	program: ProgramExplanation,
	look: Look,
): string {
	const { paint } = look;
	const width = Math.min(look.width, longestProse);
	const facts = verifiedWords(program)
		.map((words) => paragraph(words, width, 2))
		.join("");
	const title = paint.title(`Code of ${program.probe}`);
	const note = paint.dim(`  line ${program.line}, ${program.section}`);
	const code = renderCode(explanation, program, look);
	return `${title}${note}\n${facts}\n${code}${machineText(program, look)}`;
}

/** Machine code stands below, by lines of the script. */
function machineText(
	{ machineCode }: ProgramExplanation,
	{ paint }: Look,
): string {
	if (!machineCode) return "";
	const blocks = machineCode.map(({ line, text }) => {
		const head = line === undefined ? "" : `${paint.script(`line ${line}`)}\n`;
		return head + text.map((t) => `    ${t}\n`).join("");
	});
	return `\n${paint.dim("machine code")}\n${blocks.join("")}`;
}

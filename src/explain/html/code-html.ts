// The three columns of a program: the script, its C, its instructions.
import { codeRows } from "../code-rows.ts";
import type {
	Explanation,
	InstructionExplanation,
	ProgramExplanation,
} from "../explanation.ts";
import { verifiedWords } from "../words.ts";
import { escapeHtml } from "./escape.ts";

export function programSection(
	{ script }: Explanation,
	program: ProgramExplanation,
): string {
	const rows = codeRows(program);
	const lines = script.lines.map((text, i) =>
		entry({ l: i + 1 }, `<b>${i + 1}</b>${escapeHtml(text)}`),
	);
	const c = rows.map((row) => {
		const text = row.c?.text ?? `/* ${row.function}() */`;
		return entry(keysOf(program, row.c?.number, row.line), escapeHtml(text));
	});
	const code = rows
		.flatMap((row) => row.instructions)
		.sort((a, b) => a.index - b.index)
		.map((i) => instruction(program, i));
	const facts = verifiedWords(program).map((w) => `<p>${escapeHtml(w)}</p>\n`);
	return `<h2>Code of ${escapeHtml(program.probe)}</h2>
${facts.join("")}<section class="code">
${column("Script", lines)}${column("C", c)}${column("BPF instructions", code)}</section>
${machineCode(program)}`;
}

function column(title: string, entries: readonly string[]): string {
	return `<div><h4>${title}</h4><ol>\n${entries.join("")}</ol></div>\n`;
}

type Keys = Readonly<Record<string, number | string | undefined>>;

/** Lines of C are numbered through all programs; the keys of functions that two programs share are told apart. */
function keysOf(
	{ symbol }: ProgramExplanation,
	c: number | undefined,
	l: number | undefined,
): Keys {
	return { l, c: c === undefined ? undefined : `${symbol}:${c}` };
}

function entry(keys: Keys, html: string): string {
	const data = Object.entries(keys)
		.filter(([, value]) => value !== undefined)
		.map(([key, value]) => ` data-${key}="${value}"`);
	return `<li${data.join("")}>${html}</li>\n`;
}

function instruction(
	program: ProgramExplanation,
	i: InstructionExplanation,
): string {
	const known = (i.known ?? []).map((words) => `<i>${escapeHtml(words)}</i>`);
	const text = `<b>${i.index}</b>${escapeHtml(i.text)}${known.join("")}`;
	return entry(keysOf(program, i.c, i.line), text);
}

function machineCode({ machineCode: blocks }: ProgramExplanation): string {
	if (!blocks) return "";
	const entries = blocks.map(({ line, text }) =>
		entry(
			{ l: line },
			`${line === undefined ? "" : `<b>${line}</b>`}${escapeHtml(text.join("\n"))}`,
		),
	);
	return `<h4>Machine code</h4><ol>\n${entries.join("")}</ol>\n`;
}

// The code of a program in the terminal: three columns beside each other where there is room, else one below the other.
import { type CodeRow, codeRows } from "../code-rows.ts";
import type {
	Explanation,
	InstructionExplanation,
	ProgramExplanation,
} from "../explanation.ts";
import { besides, type Cell, cells, wrap } from "./columns.ts";
import type { Paint } from "./paint.ts";

/** From so many columns on there is room for script, C and instructions beside each other. */
export const wideFrom = 120;

export interface CodeLook {
	readonly width: number;
	readonly paint: Paint;
}

export function renderCode(
	{ script }: Explanation,
	program: ProgramExplanation,
	look: CodeLook,
): string {
	const rows = codeRows(program);
	const shown = new Set<number>();
	// Code of a line that comes back to it later is told by the number alone.
	const text = ({ begins, line }: CodeRow): string => {
		if (!begins || line === undefined) return "";
		const again = shown.has(line);
		shown.add(line);
		return `${line}  ${again ? "…" : (script.lines[line - 1] ?? "").trim()}`;
	};
	return look.width >= wideFrom
		? renderWide(rows, text, look)
		: renderNarrow(rows, text, look);
}

function renderWide(
	rows: readonly CodeRow[],
	text: (row: CodeRow) => string,
	{ width, paint }: CodeLook,
): string {
	const room = width - 6;
	const first = Math.floor(room * 0.24);
	const second = Math.floor(room * 0.36);
	const widths = [first, second, room - first - second];
	const head = ["script", "C", "BPF instructions"].map((title, i) =>
		cells([title], widths[i] ?? 0, paint.dim),
	);
	const lines = rows.map((row) => {
		const script = text(row);
		return besides(
			[
				cells(script === "" ? [] : [script], first, paint.script),
				cells([row.c?.text ?? templateName(row)], second, paint.code),
				instructionCells(row.instructions, widths[2] ?? 0, paint),
			],
			widths,
		);
	});
	return besides(head, widths) + lines.join("");
}

function renderNarrow(
	rows: readonly CodeRow[],
	text: (row: CodeRow) => string,
	{ width, paint }: CodeLook,
): string {
	const lines: string[] = [];
	for (const row of rows) {
		const script = text(row);
		if (script !== "") lines.push("");
		if (script !== "")
			lines.push(...wrap(script, width).map((l) => paint.script(l)));
		const c = row.c?.text ?? templateName(row);
		lines.push(...wrap(`    ${c}`, width).map((l) => paint.code(l)));
		for (const cell of instructionCells(row.instructions, width - 8, paint))
			lines.push(`        ${cell.paint(cell.text)}`.trimEnd());
	}
	return lines.map((line) => `${line}\n`).join("");
}

/** Functions of templates have no C of their own here. */
function templateName({ function: name, instructions }: CodeRow): string {
	const file = instructions[0]?.template?.replace(/:\d+$/, "");
	return `/* ${name}()${file === undefined ? "" : ` of ${file}`} */`;
}

function instructionCells(
	instructions: readonly InstructionExplanation[],
	width: number,
	paint: Paint,
): Cell[] {
	return instructions.flatMap((i) => {
		const number = String(i.index).padStart(4);
		const known = (i.known ?? []).map((words) => `       ${words}`);
		return [
			...cells([`${number}: ${i.text}`], width, (s) => s),
			...cells(known, width, paint.known),
		];
	});
}

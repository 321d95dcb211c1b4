// The code of a program as rows: a line of the script where one begins, a line of C, and the instructions that it became.
import type {
	CLine,
	InstructionExplanation,
	ProgramExplanation,
} from "./explanation.ts";

export interface CodeRow {
	/** The function that the row belongs to. */
	readonly function: string;
	/** Line of the script; undefined for what belongs to none. */
	readonly line: number | undefined;
	/** True where the rows of that line begin. */
	readonly begins: boolean;
	/** Undefined for instructions of a template's own functions. */
	readonly c: CLine | undefined;
	readonly instructions: readonly InstructionExplanation[];
}

/** Function by function, the program's own first. */
export function codeRows(program: ProgramExplanation): CodeRow[] {
	return program.functions.flatMap((name) => functionRows(program, name));
}

function functionRows(program: ProgramExplanation, name: string): CodeRow[] {
	const code = program.instructions.filter((i) => i.function === name);
	const lines = program.c.filter(
		(c) => c.function === name && c.text.trim() !== "",
	);
	const loose = code.filter((i) => i.c === undefined);
	const rows: CodeRow[] = [];
	let last: number | undefined;
	for (const c of lines) {
		const instructions = code.filter((i) => i.c === c.number);
		const begins = c.line !== undefined && c.line !== last;
		if (c.line !== undefined) last = c.line;
		rows.push({ function: name, line: c.line, begins, c, instructions });
	}
	if (loose.length === 0) return rows;
	const own = { function: name, line: undefined, begins: false, c: undefined };
	return [...rows, { ...own, instructions: loose }];
}

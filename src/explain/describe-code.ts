// Programs: their C and their instructions, joined line by line.
import { basename } from "node:path";
import type {
	ImageInstruction,
	ProgramImage,
} from "../../runtime/explain/program-image.ts";
import { stackBytes } from "../../runtime/explain/stack-use.ts";
import type { Plan, ProgramPlan } from "../plan.ts";
import type { CText } from "./c-text.ts";
import type {
	CLine,
	InstructionExplanation,
	ProgramExplanation,
} from "./explanation.ts";
import type { TemplateFunctions } from "./template-functions.ts";

/** How clang calls the C that it got through standard input. */
const standardInput = "<stdin>";

/** `image` is that of the C without #line directives, so that its line numbers are those of `c`. */
export function describeCode(
	plan: Plan,
	image: ProgramImage,
	c: CText,
	inlined: TemplateFunctions,
): ProgramExplanation[] {
	return plan.programs.map((program) =>
		describeProgram(program, image.program(program.symbol), c, inlined),
	);
}

function describeProgram(
	{ symbol, probe, section, place }: ProgramPlan,
	code: readonly ImageInstruction[],
	c: CText,
	inlined: TemplateFunctions,
): ProgramExplanation {
	const functions = [...new Set(code.map((i) => i.function))];
	const inProgram = (line: CLine) => functions.includes(line.function);
	const calls = code.map((i) => i.calls).filter((name) => name !== undefined);
	return {
		symbol,
		probe,
		line: place.line,
		section,
		functions,
		size: code.length,
		c: c.lines.filter(inProgram),
		instructions: joinLines(code, c, inlined),
		helpers: [...new Set(calls)].filter((name) => !functions.includes(name)),
		stack: functions.map((name) => ({
			function: name,
			bytes: stackBytes(code.filter((i) => i.function === name)),
		})),
	};
}

interface Place {
	readonly function: string;
	readonly line: CLine | undefined;
}

/** Code of a template belongs to the line of C that calls it, or else to the one before it. */
function joinLines(
	code: readonly ImageInstruction[],
	{ lines }: CText,
	inlined: TemplateFunctions,
): InstructionExplanation[] {
	let at: Place = { function: "", line: undefined };
	return code.map((i) => {
		const { origin } = i;
		const own = basename(origin?.file ?? "") === standardInput;
		if (at.function !== i.function)
			at = { function: i.function, line: undefined };
		if (origin && own) at = { ...at, line: lines[origin.line - 1] };
		const from = origin && !own ? origin : undefined;
		if (from) at = { ...at, line: callOf(inlined(from), at, lines) ?? at.line };
		return {
			index: i.index,
			text: i.text,
			bytes: Buffer.from(i.bytes).toString("hex"),
			function: i.function,
			line: at.line?.line,
			c: at.line?.number,
			...(from && { template: `${basename(from.file)}:${from.line}` }),
		};
	});
}

/** The next line from here on that calls the function, within the one that the code belongs to. */
function callOf(
	called: string | undefined,
	{ function: within, line }: Place,
	lines: readonly CLine[],
): CLine | undefined {
	if (called === undefined) return undefined;
	const calls = new RegExp(`\\b${called}\\(`);
	return lines.find(
		(l) =>
			l.function === within &&
			l.number >= (line?.number ?? 0) &&
			calls.test(l.text),
	);
}

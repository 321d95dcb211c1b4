// An Explanation cut down to the way of one line of the script.
import type { Explanation, ProgramExplanation } from "./explanation.ts";

export function atLine(explanation: Explanation, line: number): Explanation {
	const programs = explanation.programs.flatMap((p) => cut(p, line));
	const symbols = new Set(programs.map((p) => p.symbol));
	const text = explanation.script.lines[line - 1] ?? "";
	const named = (name: string) =>
		new RegExp(`${name.replace(/\W/g, "\\$&")}(?!\\w)`).test(text);
	return {
		...explanation,
		probes: explanation.probes.filter((p) => symbols.has(p.program)),
		builtins: explanation.builtins.filter((b) => b.lines.includes(line)),
		maps: explanation.maps.filter((m) => m.role === "script" && named(m.name)),
		programs,
	};
}

function cut(program: ProgramExplanation, line: number): ProgramExplanation[] {
	const c = program.c.filter((one) => one.line === line);
	const instructions = program.instructions.filter((i) => i.line === line);
	if (c.length === 0 && instructions.length === 0) return [];
	const functions = program.functions.filter(
		(name) =>
			c.some((one) => one.function === name) ||
			instructions.some((i) => i.function === name),
	);
	return [
		{
			...program,
			c,
			instructions,
			functions,
			...(program.machineCode && {
				machineCode: program.machineCode.filter((m) => m.line === line),
			}),
		},
	];
}

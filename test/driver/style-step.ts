// The code as code: Biome and the type checker.
import { join } from "node:path";
import { failed, passed, runProgram, type Step } from "./step.ts";

function toolStep(
	root: string,
	name: string,
	tool: string,
	args: string[],
): Step {
	return {
		name,
		run: async () => {
			const program = join(root, "node_modules/.bin", tool);
			const code = await runProgram(program, args);
			return code === 0 ? passed() : failed(`${name} found mistakes`);
		},
	};
}

export function styleSteps(root: string): Step[] {
	return [
		toolStep(root, "biome", "biome", ["check", root]),
		toolStep(root, "types", "tsc", ["--noEmit", "-p", root]),
	];
}

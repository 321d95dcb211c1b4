// kretprobe: the return of nearly any kernel function.

import { registerLayout } from "../base/registers.ts";
import { uint64 } from "../types/types.ts";
import { probedFunctions } from "./compiled-names.ts";
import type {
	ProbeMatch,
	ProbeProvider,
	ResolveContext,
	SpecText,
} from "./definition.ts";
import {
	kernelFunctionsMatching,
	missingKernelFunction,
	nearestToReturn,
	readKernelFunction,
} from "./kernel-function.ts";
import { functionProbe, kprobeTarget, listedFunction } from "./kprobe.ts";
import { newNameOf } from "./moved-functions.ts";

export const kretprobe: ProbeProvider = {
	name: "kretprobe",
	aliases: ["kr"],
	forms: ["kretprobe:FUNCTION", "kretprobe:MODULE:FUNCTION"],
	doc: "The return of a kernel function, with its result in retval. The arguments are gone by then; keep them in a map at the entry.",
	fires:
		"when the function returns, in the process that called it (in interrupts: any)",
	example: "kretprobe:vfs_read { @bytes = hist(retval); }",
	needs: "kprobe",
	resolve: returnMatches,
	*list(parts, environment) {
		const spec = listedFunction(parts);
		for (const { module, func } of kernelFunctionsMatching(spec, environment))
			yield functionProbe("kretprobe", module, func);
	},
	newName: newNameOf,
	missing: (spec, environment) =>
		missingKernelFunction("kretprobe", spec, environment),
	nearest: nearestToReturn,
};

function returnMatches(
	spec: SpecText,
	context: ResolveContext,
): readonly ProbeMatch[] {
	const read = readKernelFunction(kretprobe, false, spec, context);
	if (read === undefined) return [];
	const { environment } = context;
	const matches: ProbeMatch[] = [];
	for (const { module, func } of probedFunctions(read, spec, context)) {
		matches.push({
			probe: functionProbe("kretprobe", module, func),
			target: kprobeTarget(module, func, 0, true),
			programType: "kprobe",
			section: "kretprobe",
			hasRegisters: true,
			func,
			declarations: () => {
				const signature = environment.kernelSignature(func, module);
				return signature?.declarations?.().slice(signature.parameters.length);
			},
			retval: () => {
				const type = environment.kernelSignature(func, module)?.returns;
				// Without a type, it is what the register holds.
				return type === undefined || type.kind === "void" ? uint64 : type;
			},
			retvalOffset: registerLayout().result,
		});
	}
	return matches;
}

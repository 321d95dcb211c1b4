// fentry: the start of a kernel function, cheaper than kprobe and with typed arguments. Formerly kfunc.
import type { ProbeProvider } from "./definition.ts";
import { missingKernelFunction, nearestToFunction } from "./kernel-function.ts";
import { listedFunction } from "./kprobe.ts";
import { tracedFunctions, tracedMatches } from "./traced-function.ts";

export const fentry: ProbeProvider = {
	name: "fentry",
	aliases: ["f", "kfunc"],
	forms: ["fentry:FUNCTION", "fentry:MODULE:FUNCTION"],
	doc: "The start of a kernel function, through a BPF trampoline: the cheapest probe on functions, with typed arguments in args.",
	fires:
		"when the function is called, in the process that runs there (in interrupts: any)",
	example: "fentry:vfs_read { @[comm] = sum(args.count); }",
	needs: "fentry",
	withheld:
		"a kernel that is locked down (as with Secure Boot) refuses them; kask doctor tells more",
	listing: "kernel",
	resolve: (spec, context) => tracedMatches(fentry, spec, context),
	*list(parts, environment) {
		const spec = listedFunction(parts);
		for (const match of tracedFunctions("fentry", spec, environment))
			yield match.probe;
	},
	missing: (spec, environment) =>
		missingKernelFunction("fentry", spec, environment),
	nearest: nearestToFunction,
};

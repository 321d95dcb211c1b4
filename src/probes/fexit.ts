// fexit: the return of a kernel function, with its arguments and its result. Formerly kretfunc.
import type { ProbeProvider } from "./definition.ts";
import { missingKernelFunction, nearestToFunction } from "./kernel-function.ts";
import { listedFunction } from "./kprobe.ts";
import { tracedFunctions, tracedMatches } from "./traced-function.ts";

export const fexit: ProbeProvider = {
	name: "fexit",
	aliases: ["fr", "kretfunc"],
	forms: ["fexit:FUNCTION", "fexit:MODULE:FUNCTION"],
	doc: "The return of a kernel function, through a BPF trampoline: its result in retval, its arguments still in args.",
	fires:
		"when the function returns, in the process that called it (in interrupts: any)",
	example: "fexit:vfs_read { @[comm] = hist(retval); }",
	needs: "fentry",
	withheld:
		"a kernel that is locked down (as with Secure Boot) refuses them; kask doctor tells more",
	resolve: (spec, context) => tracedMatches(fexit, spec, context),
	*list(parts, environment) {
		const spec = listedFunction(parts);
		for (const match of tracedFunctions("fexit", spec, environment))
			yield match.probe;
	},
	missing: (spec, environment) =>
		missingKernelFunction("fexit", spec, environment),
	nearest: nearestToFunction,
};

// fexit: the return of a kernel function, with its arguments and its result. Formerly kretfunc.
import type { ProbeProvider } from "./definition.ts";
import { nearestToReturn } from "./kernel-function.ts";
import { newNameOf } from "./moved-functions.ts";
import { listTraced, missingTraced, tracedMatches } from "./traced-function.ts";

export const fexit: ProbeProvider = {
	name: "fexit",
	aliases: ["fr", "kretfunc"],
	forms: [
		"fexit:FUNCTION",
		"fexit:MODULE:FUNCTION",
		"fexit:bpf:PROGRAM",
		"fexit:bpf:ID:PROGRAM",
	],
	doc: "The return of a kernel function, through a BPF trampoline: its result in retval, its arguments still in args. With bpf in the place of a module: BPF programs that run already, and their functions, without args and retval.",
	fires:
		"when the function returns, in the process that called it (in interrupts: any)",
	example: "fexit:vfs_read { @[comm] = hist(retval); }",
	needs: "fentry",
	withheld:
		"a kernel that is locked down (as with Secure Boot) refuses them; kask doctor tells more",
	resolve: (spec, context) => tracedMatches(fexit, spec, context),
	list: (parts, environment) => listTraced("fexit", parts, environment),
	newName: newNameOf,
	missing: (spec, environment) => missingTraced("fexit", spec, environment),
	nearest: nearestToReturn,
};

// fentry: the start of a kernel function, cheaper than kprobe and with typed arguments. Formerly kfunc.
import type { ProbeProvider } from "./definition.ts";
import { nearestToFunction } from "./kernel-function.ts";
import { newNameOf } from "./moved-functions.ts";
import { listTraced, missingTraced, tracedMatches } from "./traced-function.ts";

export const fentry: ProbeProvider = {
	name: "fentry",
	aliases: ["f", "kfunc"],
	forms: [
		"fentry:FUNCTION",
		"fentry:MODULE:FUNCTION",
		"fentry:bpf:PROGRAM",
		"fentry:bpf:ID:PROGRAM",
	],
	doc: "The start of a kernel function, through a BPF trampoline: the cheapest probe on functions, with typed arguments in args. With bpf in the place of a module: BPF programs that run already, and their functions, without args.",
	fires:
		"when the function is called, in the process that runs there (in interrupts: any)",
	example: "fentry:vfs_read { @[comm] = sum(args.count); }",
	needs: "fentry",
	withheld:
		"a kernel that is locked down (as with Secure Boot) refuses them; kask doctor tells more",
	listing: "kernel",
	resolve: (spec, context) => tracedMatches(fentry, spec, context),
	list: (parts, environment) => listTraced("fentry", parts, environment),
	newName: newNameOf,
	missing: (spec, environment) => missingTraced("fentry", spec, environment),
	nearest: nearestToFunction,
};

// probetype: the kind of probe that fired.
import { stringType } from "../types/types.ts";
import type { BuiltinDefinition, ProbeFacts } from "./definition.ts";

/** Probes that kask fires itself count as one kind. */
const special = new Set(["begin", "end", "self"]);

function nameOf({ provider }: ProbeFacts): string {
	if (special.has(provider)) return "special";
	return provider === "bench" ? "benchmark" : provider;
}

export const probetype: BuiltinDefinition = {
	name: "probetype",
	group: "context",
	signatures: ["probetype"],
	doc: "The kind of probe that fired: `tracepoint`, `kprobe`, `uprobe` …; `special` for begin, end and self. Known when compiling, so that macros can ask for it with `if comptime`.",
	example: "begin { print(probetype); exit(); }",
	check: ({ probe }) => stringType(nameOf(probe).length + 1),
	fold: ({ probe }) => nameOf(probe),
};

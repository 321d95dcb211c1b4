// begin: once, before all other probes are attached.
import type { ProbeProvider } from "./definition.ts";
import { onceMatches } from "./once.ts";

export const begin: ProbeProvider = {
	name: "begin",
	aliases: [],
	forms: ["begin"],
	doc: "Runs once when tracing starts, before any other probe is attached. Scripts print their headings here.",
	fires: "once, in kask's own process",
	example: 'begin { printf("tracing…\\n"); }',
	resolve: (spec, context) => onceMatches(begin, "begin", spec, context),
};

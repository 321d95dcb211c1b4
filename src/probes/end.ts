// end: once, after all other probes have been detached.
import type { ProbeProvider } from "./definition.ts";
import { onceMatches } from "./once.ts";

export const end: ProbeProvider = {
	name: "end",
	aliases: [],
	forms: ["end"],
	doc: "Runs once when tracing ends, after all other probes have been detached and before maps are printed.",
	fires: "once, in kask's own process",
	example:
		'begin { @start = nsecs; exit(); } end { printf("%d ns\\n", nsecs - @start); clear(@start); }',
	resolve: (spec, context) => onceMatches(end, "end", spec, context),
};

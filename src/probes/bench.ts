// bench: a named piece of code whose run time --bench measures.
import type { ProbeProvider } from "./definition.ts";
import { onceMatch } from "./once.ts";
import { checkParts } from "./spec.ts";

export const bench: ProbeProvider = {
	name: "bench",
	aliases: [],
	forms: ["bench:NAME"],
	doc: "A benchmark, run many times by --bench and left out otherwise.",
	fires: "many times, in kask's own process, under --bench",
	example: "bench:count { @ = count(); }",
	resolve(spec, context) {
		const [name] = checkParts(spec, 1, 1, bench, context) ?? [];
		return name === undefined
			? []
			: [onceMatch(`bench:${name}`, { kind: "bench", name })];
	},
};

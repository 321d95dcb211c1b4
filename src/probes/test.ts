// test: a named check of a script's own code, run by --test.
import type { ProbeProvider } from "./definition.ts";
import { onceMatch } from "./once.ts";
import { checkParts } from "./spec.ts";

export const test: ProbeProvider = {
	name: "test",
	aliases: [],
	forms: ["test:NAME"],
	doc: "A test, run once by --test and left out otherwise. It fails when it returns something but 0.",
	fires: "once, in kask's own process, under --test",
	example: "test:sum { @x = 2; if (@x != 2) { return 1; } }",
	resolve(spec, context) {
		const [name] = checkParts(spec, 1, 1, test, context) ?? [];
		return name === undefined
			? []
			: [onceMatch(`test:${name}`, { kind: "test", name })];
	},
};

// Explains a script text on the small machine, without root and without a look at this one.
import { join } from "node:path";
import { expect } from "vitest";
import { Diagnostics } from "../../src/base/diagnostics.ts";
import { Source } from "../../src/base/source.ts";
import { emit } from "../../src/codegen/emit.ts";
import { check, compileEmitted, parse } from "../../src/commands/compile.ts";
import { explainScript } from "../../src/explain/explain.ts";
import type { Explanation } from "../../src/explain/explanation.ts";
import { testRequest } from "../semantic/check-text.ts";

export const smallSizes = {
	kernel: "6.1.0-test",
	possibleCpus: 2,
	pageBytes: 4096,
};

// The ring buffer's size follows from the machine's memory unless it is given.
process.env.KASK_PERF_RB_PAGES = "64";

export function explainText(text: string): Explanation {
	const diagnostics = new Diagnostics();
	const source = new Source("script.bt", text);
	const request = testRequest(source, diagnostics);
	const script = parse(request);
	const checked = script && check(request, script);
	const compiled =
		checked && compileEmitted(emit(checked.script, checked.types), diagnostics);
	expect(diagnostics.all).toEqual([]);
	if (!compiled) throw new Error("the script does not compile");
	return explainScript({
		...compiled,
		source,
		script,
		checked,
		machine: smallSizes,
		templates: join(import.meta.dirname, "../../bpf-templates"),
	});
}

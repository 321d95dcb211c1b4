// Whether a script can run on this machine, told without compiling it: its probes and types are looked up, and no more.
import { readFileSync } from "node:fs";
import { parseScript } from "../../grammar/parse.ts";
import { type Diagnostic, Diagnostics } from "../base/diagnostics.ts";
import { Source, spanText } from "../base/source.ts";
import { check } from "./compile.ts";
import type { Machine } from "./machine.ts";
import type { Options } from "./options.ts";

/** Why the script at `path` can't run here, in one line; undefined where it can. */
export function whyNotHere(
	path: string,
	machine: Machine,
	options: Options,
): string | undefined {
	const diagnostics = new Diagnostics();
	const source = new Source(path, readFileSync(path, "utf8"));
	const script = parseScript(source, diagnostics);
	if (!diagnostics.hasErrors) {
		const { probes } = machine;
		check({ source, parameters: [], options, probes, diagnostics }, script);
	}
	return demandOf(diagnostics) ? undefined : firstReason(diagnostics.all);
}

/** What a static_assert() or a list demands: it is about parameters, which are only given when the script is run. */
export function demandOf(diagnostics: Diagnostics): Diagnostic | undefined {
	return diagnostics.all.find((d) => /^E04(?:72|83)$/.test(d.code));
}

/** The first error in one line; unless told otherwise, with what stands at its place where the text does not say it. */
export function firstReason(
	diagnostics: readonly Diagnostic[],
	place: (error: Diagnostic) => string = placeOf,
): string | undefined {
	const [first, ...more] = diagnostics.filter((d) => d.severity === "error");
	if (!first) return undefined;
	const others = more.length > 0 ? `, and ${more.length} more` : "";
	return `${first.text}${place(first)}${others}`;
}

function placeOf({ span, text }: Diagnostic): string {
	if (!span) return "";
	const [written = ""] = spanText(span).split("\n");
	const { line } = span.source.position(span.start);
	const said = text.includes(written) ? "" : `${written}, `;
	return ` (${said}line ${line})`;
}

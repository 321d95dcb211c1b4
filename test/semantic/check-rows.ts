// One-line tests of the checker: a script and the types it finds, as `-d types` shows them, or the codes of what is
// wrong, each at its ⟦place⟧.
import { describe, expect, test } from "vitest";
import { Diagnostics, formatDiagnostic } from "../../src/base/diagnostics.ts";
import { Source } from "../../src/base/source.ts";
import { dumpStages } from "../../src/commands/dump.ts";
import { unmark } from "../grammar/parsing.ts";
import { checkText, type Surroundings, testRequest } from "./check-text.ts";

/** `["$x = 1;", "$x: int8"]`, or `["$x = ⟦y⟧;", "E0219"]`. Text without a probe is the body of one. */
export type Row = readonly [string, string, Surroundings?];

/** Maps and variables with their types: `@a[int8]: count, $x: uint64`. */
function typesOf(script: string, surroundings: Surroundings): string {
	const diagnostics = new Diagnostics();
	const source = new Source("test.bt", script);
	const request = testRequest(source, diagnostics, surroundings);
	const lines = dumpStages(request, ["types"]).split("\n");
	expect(diagnostics.all.filter((d) => d.severity === "error")).toEqual([]);
	return lines
		.filter((line) => /^(@|\s+\$)/.test(line))
		.map((line) => line.trim().replace(/ \(hash\)$/, ""))
		.join(", ");
}

function expectErrors(marked: string, codes: string, on: Surroundings): void {
	const { text, ranges } = unmark(marked);
	const diagnostics = new Diagnostics();
	checkText(new Source("test.bt", text), diagnostics, on);
	const found = diagnostics.all;
	const told = found.map((d) => formatDiagnostic(d)).join("\n");
	expect(found.map((d) => d.code).join(" "), told).toBe(codes);
	const places = found.map(({ span }) => [span?.start, span?.end]);
	if (ranges.length > 0) expect(places, told).toEqual(ranges);
}

const isScript =
	/^(#|\/\/|begin|end|config|struct|union|enum|macro|fn|let @|[a-z]+:)/;

export function rows(name: string, table: readonly Row[]): void {
	describe(name, () => {
		test.each(
			table.map(([script, expected, on = {}]) => ({
				script: isScript.test(unmark(script).text)
					? script
					: `begin { ${script} }`,
				expected,
				on,
			})),
		)("$script → $expected", ({ script, expected, on }) => {
			if (/^[EW]\d{4}/.test(expected)) expectErrors(script, expected, on);
			else expect(typesOf(script, on)).toBe(expected);
		});
	});
}

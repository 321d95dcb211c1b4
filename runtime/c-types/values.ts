// Values of the macros and enum constants that were asked for.
import type { Attempt } from "./attempt.ts";
import type { CObject } from "./read-object.ts";
import type { CTypesRequest, CValue } from "./request.ts";
import { runClang } from "./run-clang.ts";
import { expansionText } from "./unit.ts";

export function readValues(
	request: CTypesRequest,
	attempt: Attempt,
	object: CObject,
): Map<string, CValue> {
	const values = new Map<string, CValue>();
	const failed = [...attempt.failedValues];
	attempt.unit.values.forEach((name, i) => {
		const value = object.value(i);
		if (value) values.set(name, value);
		else failed.push(name);
	});
	if (failed.length === 0) return values;
	const run = runClang(
		expansionText(attempt.unit, failed),
		"preprocess",
		request,
		attempt.headers,
	);
	for (const [name, text] of readExpansions(
		run.output.toString("utf8"),
		failed,
	)) {
		values.set(name, { kind: "expression", text });
	}
	return values;
}

/** Fully expanded texts. A name that stands for itself is no macro, or one with parameters. */
function readExpansions(
	output: string,
	names: readonly string[],
): Map<string, string> {
	const out = new Map<string, string>();
	for (const line of output.split("\n")) {
		const match = /^__kask_value_(\d+) ?(.*)$/.exec(line);
		const name = names[Number(match?.[1])];
		const text = match?.[2]?.trim();
		if (name !== undefined && text !== undefined && text !== name)
			out.set(name, text);
	}
	return out;
}

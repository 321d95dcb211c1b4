// fail(): an error of the script's own, told when compiling.
import { voidType } from "../types/types.ts";
import type { BuiltinDefinition, CheckCall } from "./definition.ts";
import { checkFormatCall, formatOf } from "./format-call.ts";
import { parseFormat } from "./format-string.ts";

/** The format with its literals put in, each as it is written. */
function messageOf(call: CheckCall): string {
	const { fragments, specs } = parseFormat(formatOf(call));
	const values = call.args.slice(1).map(({ constant }) => String(constant));
	return specs.reduce(
		(text, _, i) => text + (values[i] ?? "") + (fragments[i + 1] ?? ""),
		fragments[0] ?? "",
	);
}

export const fail: BuiltinDefinition = {
	name: "fail",
	group: "output",
	signatures: ["fail(format: literal string, value?: literal any...)"],
	doc: "Ends the compilation with an error of the script's own wherever it is reached when compiling, such as in the branch that an `if comptime` takes. All values are literals.",
	runs: "when the script is compiled: nothing of it is left at the event",
	example:
		'begin { if comptime (probetype != "special") { fail("not for %s", probetype); } exit(); }',
	check: (call) => {
		checkFormatCall(call);
		if (call.reached) call.report("E0472", { message: messageOf(call) });
		return voidType;
	},
	// Nothing is left of it where it was not reached.
	emitStatement: () => {},
};

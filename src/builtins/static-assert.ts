// static_assert(): a condition that must hold when compiling.
import { voidType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";

export const staticAssert: BuiltinDefinition = {
	name: "static_assert",
	group: "output",
	signatures: [
		"static_assert(condition: literal bool|int, message: literal string)",
	],
	doc: "Ends the compilation with the message unless the condition, which must be known by then, holds.",
	runs: "when the script is compiled: nothing of it is left at the event",
	example:
		'begin { static_assert(sizeof(uint64) == 8, "no 64-bit numbers"); exit(); }',
	check: (call) => {
		const [condition, message] = call.args;
		if (call.reached && !condition?.constant)
			call.report("E0472", { message: String(message?.constant) });
		return voidType;
	},
	emitStatement: () => {},
};

// printf(): formatted output.
import { voidType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { checkFormatCall, formatFields, formatOf } from "./format-call.ts";
import { handlePrintf } from "./handle/printf.ts";

export const printf: BuiltinDefinition = {
	name: "printf",
	group: "output",
	signatures: ["printf(format: literal string, value?: any...)"],
	doc: "Prints the values as the format says, much as in C. %s prints any value as print() does; %d %u %x print numbers, %r buffers. %d shows the lower 32 bits of a number, as in C: %ld shows all, such as of nsecs.",
	example: 'begin { printf("%s %d\\n", comm, pid); exit(); }',
	check: (call) => {
		checkFormatCall(call);
		return voidType;
	},
	emitStatement: (emitter, call) =>
		emitter.event(
			"printf",
			{ format: formatOf(call) },
			formatFields(call),
			call.span,
		),
	handle: handlePrintf,
};

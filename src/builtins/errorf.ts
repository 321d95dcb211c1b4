// errorf(): a message of the script's own on stderr.
import { voidType } from "../types/types.ts";
import { checkFormatCall, formatFields, formatOf } from "./check-format.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { textParam } from "./handle/event-params.ts";

export const errorf: BuiltinDefinition = {
	name: "errorf",
	group: "output",
	signatures: ["errorf(format: literal string, value?: any...)"],
	doc: "Prints on stderr, as an error with its place in the script; otherwise as printf().",
	example: 'begin { errorf("pid %d", pid); exit(); }',
	check: (call) => {
		checkFormatCall(call);
		return voidType;
	},
	emitStatement: (emitter, call) =>
		emitter.event(
			"errorf",
			{ format: formatOf(call) },
			formatFields(call),
			call.span,
		),
	handle: (event, host) =>
		host.out.message(
			"error",
			host.format(textParam(event, "format"), event),
			event.place,
		),
};

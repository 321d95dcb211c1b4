// system(): a shell command.
import { voidType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { checkFormatCall, formatFields, formatOf } from "./format-call.ts";
import { textParam } from "./handle/event-params.ts";

export const system: BuiltinDefinition = {
	name: "system",
	group: "output",
	signatures: ["system(command: literal string, value?: any...)"],
	doc: "Runs a command with `sh -c` and prints what it prints; the command is a format as in printf(). It runs after the event, as root. Only with --unsafe.",
	example: 'begin { system("uname -r"); exit(); }',
	unsafe: true,
	check: (call) => {
		checkFormatCall(call);
		return voidType;
	},
	emitStatement: (emitter, call) =>
		emitter.event(
			"system",
			{ format: formatOf(call) },
			formatFields(call),
			call.span,
		),
	handle: (event, host) => {
		const command = host.format(textParam(event, "format"), event);
		host.out.text("syscall", host.shell(command));
	},
};

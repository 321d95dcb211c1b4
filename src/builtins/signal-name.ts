// signal_name(): what a signal means.
import type { BuiltinDefinition } from "./definition.ts";
import { numberName } from "./number-name.ts";
import { renderSignalName } from "./render/names-of-numbers.ts";

export const signalName: BuiltinDefinition = numberName({
	name: "signal_name",
	signatures: ["signal_name(signal: int)"],
	doc: "The text of a signal number, as strsignal(3) has it.",
	example: "begin { print(signal_name(9)); exit(); }",
	opaque: renderSignalName,
});

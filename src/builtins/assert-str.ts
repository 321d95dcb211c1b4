// assert_str(): a value that must be text.
import { voidType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { checkText } from "./text.ts";

export const assertStr: BuiltinDefinition = {
	name: "assert_str",
	group: "data",
	signatures: ["assert_str(value: any)"],
	doc: "Ends the compilation with an error unless the value is a string, or an array of or a pointer to characters. Meant for macros.",
	runs: "when the script is compiled: nothing of it is left at the event",
	example: "begin { assert_str(comm); exit(); }",
	check: (call) => {
		if (call.reached) checkText(call, "assert_str", call.args);
		return voidType;
	},
	emitStatement: () => {},
};

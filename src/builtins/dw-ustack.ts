// dw_ustack: the process's call stack, found by its debug information.
import { voidType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { stackSignatures } from "./stack.ts";

export const dwUstack: BuiltinDefinition = {
	name: "dw_ustack",
	group: "symbols",
	signatures: stackSignatures("dw_ustack"),
	doc: "The process's call stack where the program was built without frame pointers. Not supported yet: ustack follows frame pointers.",
	example: "profile:hz:99 { @[dw_ustack] = count(); }",
	check: (call) => {
		const help = "ustack follows frame pointers; build the program with them";
		call.report("E0501", { what: "dw_ustack" }, { help });
		return voidType;
	},
};

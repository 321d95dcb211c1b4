// config(): the configuration as the script finds it.
import { voidType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";

export const config: BuiltinDefinition = {
	name: "config",
	aliases: ["__builtin_config"],
	group: "data",
	signatures: ["config()", "config"],
	doc: "The script's configuration: each variable of a `config` block is a member, with the value that holds.",
	example:
		'begin { printf("%d %s\\n", config().max_strlen, config().stack_mode); exit(); }',
	members: ({ configuration }) => configuration,
	check: (call) => {
		call.report("E0482");
		return voidType;
	},
};

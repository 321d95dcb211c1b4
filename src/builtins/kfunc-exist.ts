// kfunc_exist(): whether the kernel has a function.
import { boolType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";

export const kfuncExist: BuiltinDefinition = {
	name: "kfunc_exist",
	group: "symbols",
	signatures: ["kfunc_exist(name: literal string)"],
	doc: "Whether the kernel has a function of that name, by its BTF. Known when compiling.",
	example: 'begin { print(kfunc_exist("vfs_read")); exit(); }',
	check: () => boolType,
	fold: ({ args, machine }) =>
		machine.hasKernelFunction(String(args[0]?.constant)),
};

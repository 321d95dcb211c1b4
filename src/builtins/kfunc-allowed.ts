// kfunc_allowed(): whether a probe may call a function of the kernel's.
import { boolType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";

export const kfuncAllowed: BuiltinDefinition = {
	name: "kfunc_allowed",
	group: "symbols",
	signatures: ["kfunc_allowed(name: literal string)"],
	doc: "Whether the kernel has a function of that name and lets programs of this kind of probe call it. Tried when compiling.",
	example: 'begin { print(kfunc_allowed("bpf_task_from_pid")); exit(); }',
	check: () => boolType,
	fold: ({ args, machine, probe }) =>
		machine.mayCall(String(args[0]?.constant), probe.programType),
};

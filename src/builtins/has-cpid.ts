// has_cpid: whether kask starts a process.
import { boolType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";

export const hasCpid: BuiltinDefinition = {
	name: "has_cpid",
	group: "context",
	signatures: ["has_cpid"],
	doc: "Whether kask was told with -c to start a process, whose id is then cpid.",
	example: "begin { print(has_cpid); exit(); }",
	check: () => boolType,
	fold: ({ settings }) => settings.startsProcess,
};

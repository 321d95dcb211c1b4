// has_cpid: whether kask started a process.
import { boolType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { emitRunFact } from "./run-fact.ts";

export const hasCpid: BuiltinDefinition = {
	name: "has_cpid",
	group: "context",
	signatures: ["has_cpid"],
	doc: "Whether kask was told with -c to start a process, whose id is then cpid.",
	example: "begin { print(has_cpid); exit(); }",
	check: () => boolType,
	emitScalar: (emitter) => `((u64)(${emitRunFact(emitter, "childPid")} != 0))`,
};

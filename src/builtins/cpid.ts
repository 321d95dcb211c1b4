// cpid: the process that kask started.
import { uint32 } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { emitRunFact } from "./run-fact.ts";

export const cpid: BuiltinDefinition = {
	name: "cpid",
	group: "context",
	signatures: ["cpid"],
	doc: "The id of the process that kask started with -c, or 0 where there is none: has_cpid tells.",
	example: "begin { print(cpid); exit(); }",
	check: () => uint32,
	emitScalar: (emitter) => `((u64)(u32)${emitRunFact(emitter, "childPid")})`,
};

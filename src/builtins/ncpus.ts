// ncpus: how many CPUs there are.
import { uint64 } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { emitRunFact } from "./run-fact.ts";

export const ncpus: BuiltinDefinition = {
	name: "ncpus",
	group: "context",
	signatures: ["ncpus"],
	doc: "How many CPUs the machine may have, those that are switched off among them.",
	example: "begin { print(ncpus); exit(); }",
	check: () => uint64,
	emitScalar: (emitter) => emitRunFact(emitter, "cpus"),
};

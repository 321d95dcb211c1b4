// cpu: the processor that the event happened on, counted from 0.
import { uint32 } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";

export const cpu: BuiltinDefinition = {
	name: "cpu",
	group: "context",
	signatures: ["cpu"],
	doc: "The processor that the event happened on, counted from 0.",
	example: "begin { print(cpu); exit(); }",
	namesThread: true,
	check: () => uint32,
	emitScalar: (emitter) =>
		`((u64)${emitter.once("cpu", "u32", "bpf_get_smp_processor_id()")})`,
};

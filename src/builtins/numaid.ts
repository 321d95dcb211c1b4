// numaid: the memory node of the CPU that runs the probe.
import { uint32 } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";

export const numaid: BuiltinDefinition = {
	name: "numaid",
	group: "context",
	signatures: ["numaid"],
	doc: "The number of the NUMA node that the CPU belongs to which runs the probe.",
	example: "begin { print(numaid); exit(); }",
	check: () => uint32,
	emitScalar: (emitter) =>
		`((u64)(u32)${emitter.once("numa_node", "u64", "bpf_get_numa_node_id()")})`,
};

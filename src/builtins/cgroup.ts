// cgroup: the id of the cgroup (version 2) that the process belongs to.
import { uint64 } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";

export const cgroup: BuiltinDefinition = {
	name: "cgroup",
	group: "context",
	signatures: ["cgroup"],
	doc: "The id of the cgroup (version 2) that the process belongs to.",
	example: "begin { print(cgroup); exit(); }",
	check: () => uint64,
	emitScalar: (emitter) =>
		emitter.once("cgroup", "u64", "bpf_get_current_cgroup_id()"),
};

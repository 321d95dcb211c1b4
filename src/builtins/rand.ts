// rand: a random number of 32 bits.
import { uint32 } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";

export const rand: BuiltinDefinition = {
	name: "rand",
	group: "context",
	signatures: ["rand"],
	doc: "A random number of 32 bits.",
	example: "begin { print(rand); exit(); }",
	check: () => uint32,
	emitScalar: (emitter) =>
		`((u64)${emitter.local("u32", "bpf_get_prandom_u32()")})`,
};

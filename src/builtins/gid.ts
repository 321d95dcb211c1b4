// gid: the group whose thread runs: the id.
import { uint32 } from "../types/types.ts";
import { gidAndUid, highHalf } from "./current-ids.ts";
import type { BuiltinDefinition } from "./definition.ts";

export const gid: BuiltinDefinition = {
	name: "gid",
	group: "context",
	signatures: ["gid"],
	doc: "The group whose thread runs: the id.",
	example: "begin { print(gid); exit(); }",
	check: () => uint32,
	emitScalar: (emitter) => highHalf(gidAndUid(emitter)),
};

// uid: the user whose thread runs: the id.
import { uint32 } from "../types/types.ts";
import { gidAndUid, lowHalf } from "./current-ids.ts";
import type { BuiltinDefinition } from "./definition.ts";

export const uid: BuiltinDefinition = {
	name: "uid",
	group: "context",
	signatures: ["uid"],
	doc: "The user whose thread runs: the id.",
	example: "begin { print(uid); exit(); }",
	check: () => uint32,
	emitScalar: (emitter) => lowHalf(gidAndUid(emitter)),
};

// clear(): removes all entries of a map.
import { voidType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { handleClear } from "./handle/clear.ts";
import { checkWholeMap } from "./map-keys.ts";

export const clear: BuiltinDefinition = {
	name: "clear",
	group: "maps",
	signatures: ["clear(map: map)"],
	doc: "Removes all entries of a map. It happens when the event arrives, in order with what is printed.",
	lost: "what other events put into the map before user space gets to it",
	example: "begin { @x[1] = 10; clear(@x); exit(); }",
	onMap: "takes-whole",
	check: (call) => {
		checkWholeMap(call, "clear");
		return voidType;
	},
	emitStatement: (emitter, { args, span }) =>
		emitter.event("clear", { map: args[0]?.map?.name ?? "" }, [], span),
	handle: handleClear,
};

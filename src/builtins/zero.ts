// zero(): sets all values of a map to zero and keeps the keys.
import { voidType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { handleZero } from "./handle/zero.ts";
import { checkWholeMap } from "./map-keys.ts";

export const zero: BuiltinDefinition = {
	name: "zero",
	group: "maps",
	signatures: ["zero(map: map)"],
	doc: "Sets all values of a map to zero and keeps the keys. It happens when the event arrives, in order with what is printed.",
	lost: "what other events put into the map before user space gets to it",
	example: "begin { @x[1] = 10; zero(@x); exit(); }",
	check: (call) => {
		checkWholeMap(call, "zero");
		return voidType;
	},
	emitStatement: (emitter, { args, span }) =>
		emitter.event("zero", { map: args[0]?.map?.name ?? "" }, [], span),
	handle: handleZero,
};

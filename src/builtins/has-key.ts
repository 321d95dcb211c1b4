// has_key(): whether a map holds a key.
import { boolType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { checkElement, elementOf } from "./map-keys.ts";

export const hasKey: BuiltinDefinition = {
	name: "has_key",
	group: "maps",
	signatures: ["has_key(map: map, key?: key)"],
	doc: "True where the map holds the key.",
	example: "begin { @x[1] = 3; if (has_key(@x, 1)) { print(@x); } exit(); }",
	onMap: "asks",
	check: (call) => {
		const map = call.args[0]?.map;
		if (map?.scalar) call.report("E0463", { name: "has_key", map: map.name });
		else checkElement(call, "has_key");
		return boolType;
	},
	emitScalar: (emitter, call) => {
		const element = elementOf(call);
		return element ? emitter.hasKey(element.map, element.keys) : "0";
	},
};

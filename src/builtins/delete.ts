// delete(): removes one element of a map.
import { boolType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { checkElement, elementOf } from "./map-keys.ts";

export const deleteElement: BuiltinDefinition = {
	name: "delete",
	group: "maps",
	signatures: ["delete(map: map, key?: key)"],
	doc: "Removes a key and its value at once, in the kernel; true where the key was there. Without a key: the value of a map that has none.",
	example: "begin { @x[1, 2] = 3; delete(@x, (1, 2)); exit(); }",
	onMap: "deletes",
	check: (call) => {
		checkElement(call, "delete");
		return boolType;
	},
	emitStatement: (emitter, call) => {
		const element = elementOf(call);
		if (element) emitter.deleteKey(element.map, element.keys, false);
	},
	emitScalar: (emitter, call) => {
		const element = elementOf(call);
		return element ? emitter.deleteKey(element.map, element.keys) : "0";
	},
};

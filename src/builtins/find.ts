// find(): a look-up that says whether there was anything.
import { boolType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { checkElement, elementOf } from "./map-keys.ts";

export const find: BuiltinDefinition = {
	name: "find",
	group: "maps",
	signatures: ["find(map: map, key: key, result: target)"],
	doc: "True where the map holds the key; the variable then has its value, and else stays as it was. One look-up instead of two.",
	example:
		"begin { @x[1] = 3; let $value; if (find(@x, 1, $value)) { print($value); } exit(); }",
	onMap: "asks",
	check: (call) => {
		const map = call.args[0]?.map;
		if (map?.scalar) call.report("E0463", { name: "find", map: map.name });
		else checkElement(call, "find");
		return boolType;
	},
	emitScalar: (emitter, call) => {
		const element = elementOf(call);
		const target = call.args[2];
		return element && target
			? emitter.findValue(element.map, element.keys, target)
			: "0";
	},
};

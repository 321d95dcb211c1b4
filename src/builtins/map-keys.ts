// Arguments that name an element of a map: `f(@x, key)`, and as older scripts write it, `f(@x[key])`.
import type { CheckCall, EmitCall, MapFacts, TypedExpr } from "./definition.ts";

export interface Element {
	readonly map: MapFacts;
	readonly keys: TypedExpr | undefined;
}

export function elementOf(call: Pick<EmitCall, "args">): Element | undefined {
	const [first, second] = call.args;
	return first?.map && { map: first.map, keys: second ?? first.keys };
}

/** Reports a key that is missing, or given to a map without keys. */
export function checkElement(call: CheckCall, name: string): void {
	const element = elementOf(call);
	if (!element) return;
	const { map, keys } = element;
	if (map.scalar && keys) call.report("E0462", { name, map: map.name });
	if (!map.scalar && map.key && !keys)
		call.report("E0461", { name, map: map.name });
	if (call.args.length > 1 && call.args[0]?.keys)
		call.report("E0464", {
			name,
			wanted: "the key once",
			help: `write ${name}(@${map.name}, key)`,
		});
}

/** Reports a key where the whole map is meant. */
export function checkWholeMap(call: CheckCall, name: string): void {
	const [map] = call.args;
	if (map?.map && map.keys)
		call.report("E0464", {
			name,
			wanted: "a map without a key",
			help: `leave the key out; delete(@${map.map.name}, key) removes one`,
		});
}

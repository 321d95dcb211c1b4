// len(): how many keys a map has, how many frames a stack.
import { int64 } from "../types/types.ts";
import type {
	BuiltinDefinition,
	CheckCall,
	EmitCall,
	Emitter,
} from "./definition.ts";
import { countFrames } from "./stack.ts";

/** Aggregations that keep several elements under one key. */
const severalElements = new Set(["hist", "lhist", "llhist", "tseries"]);

function check(call: CheckCall) {
	const map = call.args[0]?.map;
	if (map?.scalar && map.value)
		call.report("E0463", { name: "len", map: map.name });
	const value = map?.value;
	if (value?.kind === "aggregate" && severalElements.has(value.name))
		call.report("E0465", { name: "len", aggregate: value.name });
	return int64;
}

function emitScalar(emitter: Emitter, { args }: EmitCall): string {
	const [subject] = args;
	if (!subject) return "0";
	if (!subject.map) return countFrames(emitter, subject);
	return emitter.countElements(subject.map);
}

export const len: BuiltinDefinition = {
	name: "len",
	group: "maps",
	signatures: ["len(map: map)", "len(stack: stack)"],
	doc: "The number of keys in a map, which is counted one by one; the number of frames of kstack or ustack.",
	example: "begin { @x[1] = 1; @x[2] = 1; print(len(@x)); exit(); }",
	check,
	emitScalar,
};

// strlen(): how long a text is.
import { uint64 } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { checkText, constantText, emitLength, textKinds } from "./text.ts";

export const strlen: BuiltinDefinition = {
	name: "strlen",
	group: "data",
	signatures: [`strlen(text: ${textKinds})`],
	doc: "Bytes of a text before its NUL. What a pointer points to is read first, `max_strlen` bytes at most.",
	example: "begin { print(strlen(comm)); exit(); }",
	check: (call) => {
		checkText(call, "strlen", call.args);
		return uint64;
	},
	fold: ({ args }) => {
		const text = constantText(args[0]);
		return text === undefined ? undefined : BigInt(text.length);
	},
	emitScalar: (emitter, { args }) =>
		args[0] ? emitLength(emitter, args[0]) : "0",
};

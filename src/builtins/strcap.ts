// strcap(): how long a text can get.
import { sizeOf } from "../types/layout.ts";
import { int64 } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { checkText, emitLength, textKinds } from "./text.ts";

export const strcap: BuiltinDefinition = {
	name: "strcap",
	group: "data",
	signatures: [`strcap(text: ${textKinds})`],
	doc: "Bytes that a string or array has room for, its NUL included; of a pointer, the length of the text behind it.",
	example: "begin { print(strcap(comm)); exit(); }",
	check: (call) => {
		checkText(call, "strcap", call.args);
		return int64;
	},
	fold: ({ args }) => {
		const [text] = args;
		return text && text.type.kind !== "pointer"
			? BigInt(sizeOf(text.type))
			: undefined;
	},
	emitScalar: (emitter, { args }) =>
		args[0] ? `((s64)${emitLength(emitter, args[0])})` : "0",
};

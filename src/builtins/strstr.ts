// strstr(): where a text is found in another.
import { int64 } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { emitSearch, foldSearch } from "./search.ts";
import { checkText, textKinds } from "./text.ts";

export const strstr: BuiltinDefinition = {
	name: "strstr",
	group: "data",
	signatures: [`strstr(text: ${textKinds}, wanted: ${textKinds})`],
	doc: "Where `wanted` is found in the text for the first time: the number of bytes before it, or -1.",
	example: 'begin { print(strstr("the kernel", "kernel")); exit(); }',
	check: (call) => {
		checkText(call, "strstr", call.args);
		return int64;
	},
	fold: (call) => {
		const found = foldSearch(call);
		return found === undefined ? undefined : BigInt(found);
	},
	emitScalar: emitSearch,
};

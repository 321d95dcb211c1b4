// strcontains(): whether a text has another in it.
import { boolType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { emitSearch, foldSearch } from "./search.ts";
import { checkText, textKinds } from "./text.ts";

export const strcontains: BuiltinDefinition = {
	name: "strcontains",
	group: "data",
	signatures: [`strcontains(text: ${textKinds}, wanted: ${textKinds})`],
	doc: "Whether `wanted` is found anywhere in the text; upper and lower case are not the same.",
	example:
		'tracepoint:syscalls:sys_enter_openat /strcontains(str(args.filename), "etc")/ { print(str(args.filename)); exit(); }',
	check: (call) => {
		checkText(call, "strcontains", call.args);
		return boolType;
	},
	fold: (call) => {
		const found = foldSearch(call);
		return found === undefined ? undefined : found >= 0;
	},
	emitScalar: (emitter, call) => `((u64)(${emitSearch(emitter, call)} >= 0))`,
};

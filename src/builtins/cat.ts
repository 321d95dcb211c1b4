// cat(): a file's content.
import { toByteString } from "../base/byte-text.ts";
import { voidType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { checkFormatCall, formatFields, formatOf } from "./format-call.ts";
import { textParam } from "./handle/event-params.ts";

export const cat: BuiltinDefinition = {
	name: "cat",
	group: "output",
	signatures: ["cat(path: literal string, value?: any...)"],
	doc: "Prints a file; its path is a format as in printf(). At most `max_cat_bytes` bytes of it.",
	example: 'begin { cat("/proc/loadavg"); exit(); }',
	check: (call) => {
		checkFormatCall(call);
		return voidType;
	},
	emitStatement: (emitter, call) =>
		emitter.event(
			"cat",
			{ format: formatOf(call) },
			formatFields(call),
			call.span,
		),
	handle: (event, host) => {
		const path = host.format(textParam(event, "format"), event);
		const file = host.readFile(path, host.settings.maxCatBytes);
		if (file.ok) host.out.text("cat", file.bytes);
		else {
			const why = `failed to open file '${path}' (${toByteString(file.reason)})`;
			host.out.message("error", why, event.place);
		}
	},
};

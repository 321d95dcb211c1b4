// What errorf() and warnf() have in common: messages of the script's own, on stderr with their place.
import type { Span } from "../base/source.ts";
import { voidType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { checkFormatCall, formatFields, formatOf } from "./format-call.ts";
import { textParam } from "./handle/event-params.ts";

export function messageBuiltin(
	name: string,
	severity: "warning" | "error",
	doc: string,
): BuiltinDefinition {
	return {
		name,
		group: "output",
		signatures: [`${name}(format: literal string, value?: any...)`],
		doc,
		example: `begin { ${name}("pid %d", pid); exit(); }`,
		check: (call) => {
			checkFormatCall(call);
			return voidType;
		},
		emitStatement: (emitter, call) => {
			const params = { format: formatOf(call), range: spanRange(call.span) };
			emitter.event(name, params, formatFields(call), call.span);
		},
		handle: (event, host) => {
			const text = host.format(textParam(event, "format"), event);
			const place = { ...event.place, range: textParam(event, "range") };
			host.out.message(severity, text, place);
		},
	};
}

/** `1:9-62`: line, first column and the one after the last; `1-3`: lines. */
export function spanRange({ source, start, end }: Span): string {
	const from = source.position(start);
	const to = source.position(end);
	return from.line === to.line
		? `${from.line}:${from.column}-${to.column}`
		: `${from.line}-${to.line}`;
}

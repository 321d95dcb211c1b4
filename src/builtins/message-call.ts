// What errorf() and warnf() have in common: messages of the script's own, on stderr with their place.
import type { Span } from "../base/source.ts";
import { voidType } from "../types/types.ts";
import type { BuiltinDefinition, EmitCall, EventParams } from "./definition.ts";
import { checkFormatCall, formatFields, formatOf } from "./format-call.ts";
import { textParam } from "./handle/event-params.ts";
import type { EventPlace, HostEvent } from "./host.ts";

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
			const params = { format: formatOf(call), ...placeParams(call) };
			emitter.event(name, params, formatFields(call), call.span);
		},
		handle: (event, host) => {
			const text = host.format(textParam(event, "format"), event);
			host.out.message(severity, text, messagePlace(event));
		},
	};
}

/** What an event needs to tell its place with, and that of the macros' calls. */
export function placeParams({
	span,
	callers = [],
}: Pick<EmitCall, "span" | "callers">): EventParams {
	const expanded = callers.map(
		(c) => `${c.source.name}:${spanRange(c)}\n${excerpt(c)}`,
	);
	const range = spanRange(span);
	return expanded.length > 0 ? { range, expanded } : { range };
}

export function messagePlace(event: HostEvent): EventPlace {
	const { expanded } = event.params;
	const calls = Array.isArray(expanded) ? expanded.map(String) : [];
	const range = textParam(event, "range");
	return { ...event.place, range, expanded: calls };
}

/** The line where it begins, and below what of it is meant. */
function excerpt({ source, start, end }: Span): string {
	const { line, column } = source.position(start);
	const text = source.text.split("\n")[line - 1] ?? "";
	const before = text.slice(0, column - 1).replace(/[^\t]/g, " ");
	const length = Math.min(end - start, text.length - before.length);
	return `${text}\n${before}${"~".repeat(length)}`;
}

/** `1:9-62`: line, first column and the one after the last; `1-3`: lines. */
export function spanRange({ source, start, end }: Span): string {
	const from = source.position(start);
	const to = source.position(end);
	return from.line === to.line
		? `${from.line}:${from.column}-${to.column}`
		: `${from.line}-${to.line}`;
}

// sort_line(): a line of a table that is sorted before it is printed.
import { voidType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { checkFormatCall, formatFields, formatOf } from "./format-call.ts";
import { integerField, textParam } from "./handle/event-params.ts";

export const sortLine: BuiltinDefinition = {
	name: "sort_line",
	group: "output",
	signatures: ["sort_line(order: int, format: literal string, value?: any...)"],
	doc: "Keeps a line, formatted as printf() does, for the next print_sorted(), which sorts the lines by `order`, greatest first.",
	example:
		'begin { @kb["a"] = 3; @kb["b"] = 9; for ($kv : @kb) { sort_line($kv.1, "%4d %s\\n", $kv.1, $kv.0); } print_sorted(); exit(); }',
	check: (call) => {
		checkFormatCall({ ...call, args: call.args.slice(1) });
		return voidType;
	},
	emitStatement: (emitter, call) => {
		const [order, ...args] = call.args;
		if (!order) return;
		const line = { ...call, args };
		// Last, so that the fields before it stand in the order of the conversions.
		const fields = [...formatFields(line), { name: "order", value: order }];
		emitter.event("sort_line", { format: formatOf(line) }, fields, call.span);
	},
	handle: (event, host) =>
		host.sorted.add(
			BigInt(integerField(event, "order") ?? 0),
			host.format(textParam(event, "format"), event),
		),
};

// max(): the greatest of the values.
import { aggregateOf } from "./aggregate-type.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { extremeCells } from "./extremes.ts";
import { renderMax } from "./render/max.ts";

export const max: BuiltinDefinition = {
	name: "max",
	group: "aggregation",
	signatures: ["max(value: int)"],
	doc: "The greatest of the values.",
	example:
		"tracepoint:syscalls:sys_exit_read { @bytes = max(args.ret); exit(); }",
	check: (call) => aggregateOf("max", call.args[0]),
	aggregate: { ...extremeCells(">"), render: renderMax },
};

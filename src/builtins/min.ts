// min(): the least of the values.
import { aggregateOf } from "./aggregate-type.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { extremeCells } from "./extremes.ts";
import { renderMin } from "./render/min.ts";

export const min: BuiltinDefinition = {
	name: "min",
	group: "aggregation",
	signatures: ["min(value: int)"],
	doc: "The least of the values.",
	example:
		"tracepoint:syscalls:sys_exit_read { @bytes = min(args.ret); exit(); }",
	check: (call) => aggregateOf("min", call.args[0]),
	aggregate: { ...extremeCells("<"), render: renderMin },
};

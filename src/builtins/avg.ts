// avg(): the average of the values.
import { aggregateOf } from "./aggregate-type.ts";
import { averageCells } from "./averages.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { renderAvg } from "./render/avg.ts";

export const avg: BuiltinDefinition = {
	name: "avg",
	group: "aggregation",
	signatures: ["avg(value: int)"],
	doc: "The average of the values.",
	example:
		"tracepoint:syscalls:sys_exit_read /args.ret > 0/ { @bytes = avg(args.ret); exit(); }",
	check: (call) => aggregateOf("avg", call.args[0]),
	aggregate: { ...averageCells, render: renderAvg },
};

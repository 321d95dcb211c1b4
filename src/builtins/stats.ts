// stats(): how many values there were, their average and their total.
import { aggregateOf } from "./aggregate-type.ts";
import { averageCells } from "./averages.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { renderStats } from "./render/stats.ts";

export const stats: BuiltinDefinition = {
	name: "stats",
	group: "aggregation",
	signatures: ["stats(value: int)"],
	doc: "How many values there were, their average and their total.",
	example:
		"tracepoint:syscalls:sys_exit_read /args.ret > 0/ { @bytes = stats(args.ret); exit(); }",
	check: (call) => aggregateOf("stats", call.args[0]),
	aggregate: { ...averageCells, render: renderStats },
};

// count(): how often.
import { uint64 } from "../types/types.ts";
import { aggregateOf } from "./aggregate-type.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { renderCount } from "./render/count.ts";

export const count: BuiltinDefinition = {
	name: "count",
	group: "aggregation",
	signatures: ["count()"],
	doc: "Counts how often it is assigned. Each CPU counts for itself, so that none waits for another.",
	example: "tracepoint:raw_syscalls:sys_enter { @[comm] = count(); exit(); }",
	check: () => aggregateOf("count", undefined),
	aggregate: {
		cells: () => ({ size: 8 }),
		emitUpdate: (emitter, _call, cell) => emitter.line(`*(u64 *)${cell} += 1;`),
		read: {
			type: () => uint64,
			emitMerge: (emitter, _type, total, cell) =>
				emitter.line(`*(u64 *)${total} += *(u64 *)${cell};`),
			emitResult: (_emitter, _type, total) => `(*(u64 *)${total})`,
		},
		render: renderCount,
	},
};

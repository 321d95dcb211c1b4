// sum(): a total. Whether there was a value is kept beside it: a total of 0 is printed, too.
import { aggregateOf, amount, cWide, wideOf } from "./aggregate-type.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { renderSum } from "./render/sum.ts";

export const sum: BuiltinDefinition = {
	name: "sum",
	group: "aggregation",
	signatures: ["sum(value: int)"],
	doc: "Adds up the values. Each CPU adds for itself.",
	example:
		"tracepoint:syscalls:sys_exit_read /args.ret > 0/ { @bytes = sum(args.ret); exit(); }",
	check: (call) => aggregateOf("sum", call.args[0]),
	aggregate: {
		cells: () => ({ size: 16 }),
		emitUpdate: (emitter, { args }, cell) => {
			emitter.line(`*(u64 *)${cell} += ${amount(emitter, args)};`);
			emitter.line(`*(u64 *)(${cell} + 8) = 1;`);
		},
		read: {
			type: wideOf,
			emitMerge: (emitter, _type, total, cell) =>
				emitter.line(`*(u64 *)${total} += *(u64 *)${cell};`),
			emitResult: (_emitter, type, total) => `(*(${cWide(type)} *)${total})`,
		},
		render: renderSum,
	},
};

// stddev(): how far the values lie from their average.
import { aggregateOf, amount } from "./aggregate-type.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { renderStddev } from "./render/stddev.ts";

export const stddev: BuiltinDefinition = {
	name: "stddev",
	group: "aggregation",
	signatures: ["stddev(value: int)"],
	doc: "The standard deviation of the values: how far they usually lie from their average.",
	example: "begin { for ($i : 1..10) { @spread = stddev($i * 100); } exit(); }",
	check: (call) => aggregateOf("stddev", call.args[0]),
	aggregate: {
		// `{ s64 sum; u64 count; u64 low, high; }`, the last two being the sum of the squares.
		cells: () => ({ size: 32 }),
		emitUpdate: (emitter, { args }, cell) => {
			emitter.include("squares");
			emitter.line(`add_square((u64 *)${cell}, ${amount(emitter, args)});`);
		},
		render: renderStddev,
	},
};

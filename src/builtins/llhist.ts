// llhist(): a histogram by the first two decimal digits.
import { aggregateOf } from "./aggregate-type.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { llhistBuckets, renderLlhist } from "./render/llhist.ts";

export const llhist: BuiltinDefinition = {
	name: "llhist",
	group: "aggregation",
	signatures: ["llhist(value: int)"],
	doc: "A log-linear histogram: a bucket for each two leading decimal digits (99, 100 to 109, 110 to 119 … 990 to 999, 1000 to 1099 …), so that no bucket is wider than a tenth of its values and borders are round numbers. Only buckets that hold something are printed.",
	example: "begin { @ns = llhist(1234); @ns = llhist(1290); exit(); }",
	check: (call) => aggregateOf("llhist", call.args[0]),
	aggregate: {
		cells: () => ({ buckets: llhistBuckets }),
		emitBucket: (emitter, { args }) => {
			emitter.include("histogram");
			const [value] = args;
			const amount = emitter.local(
				"s64",
				value ? emitter.scalar(value) : "0",
				"amount",
			);
			return { bucket: `decimal_bucket(${amount})`, sum: amount };
		},
		render: renderLlhist,
	},
};

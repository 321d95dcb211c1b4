// hist(): a histogram of powers of two.
import { aggregateOf } from "./aggregate-type.ts";
import type { BuiltinDefinition, TypedExpr } from "./definition.ts";
import { histBucketCount, renderHist } from "./render/hist.ts";

const MOST_BITS = 5n;

function bitsOf(e: TypedExpr | undefined): bigint {
	return typeof e?.constant === "bigint" ? e.constant : 0n;
}

export const hist: BuiltinDefinition = {
	name: "hist",
	group: "aggregation",
	signatures: ["hist(value: int, bits?: literal int)"],
	doc: "A histogram whose buckets are powers of two, each divided into 2^bits (0 to 5) where finer ones are wanted.",
	example:
		"tracepoint:syscalls:sys_exit_read { @bytes = hist(args.ret); exit(); }",
	check: (call) => {
		const bits = bitsOf(call.args[1]);
		if (bits < 0n || bits > MOST_BITS) {
			const help =
				"each bit doubles the number of buckets; 0 is the usual histogram";
			call.report(
				"E0464",
				{ name: "hist", wanted: `0 to ${MOST_BITS} bits`, help },
				{ span: call.args[1]?.span },
			);
		}
		return aggregateOf("hist", call.args[0], { bits: Number(bits) });
	},
	aggregate: {
		cells: (type) => ({ buckets: histBucketCount(Number(type.params.bits)) }),
		emitBucket: (emitter, { args }) => {
			const [value, bits] = args;
			emitter.include("histogram");
			const amount = emitter.local(
				"s64",
				value ? emitter.scalar(value) : "0",
				"amount",
			);
			return { bucket: `log2_bucket(${amount}, ${bitsOf(bits)})`, sum: amount };
		},
		render: renderHist,
	},
};

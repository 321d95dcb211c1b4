// lhist(): a histogram of equal steps.
import { aggregateOf } from "./aggregate-type.ts";
import type { BuiltinDefinition, CheckCall, TypedExpr } from "./definition.ts";
import {
	type LinearRange,
	lhistBucketCount,
	renderLhist,
} from "./render/lhist.ts";

const MOST_BUCKETS = 1000;

function rangeOf(args: readonly TypedExpr[]): LinearRange {
	const [, min, max, step] = args.map((a) =>
		typeof a.constant === "bigint" ? Number(a.constant) : 0,
	);
	return { min: min ?? 0, max: max ?? 0, step: step ?? 0 };
}

function checkRange(call: CheckCall, { min, max, step }: LinearRange): void {
	const report = (wanted: string, help: string) =>
		call.report("E0464", { name: "lhist", wanted, help });
	if (step < 1)
		report("a step of at least 1", "for example lhist(x, 0, 100, 10)");
	else if (min < 0)
		report(
			"a lower end of at least 0",
			"what is below the range has a bucket of its own",
		);
	else if (max <= min)
		report(
			"an upper end above the lower one",
			"for example lhist(x, 0, 100, 10)",
		);
	else if (step > max - min)
		report(
			"a step no larger than the range",
			"for example lhist(x, 0, 100, 10)",
		);
	else if ((max - min) / step > MOST_BUCKETS)
		report(`at most ${MOST_BUCKETS} buckets`, "take a larger step");
}

export const lhist: BuiltinDefinition = {
	name: "lhist",
	group: "aggregation",
	signatures: [
		"lhist(value: int, min: literal int, max: literal int, step: literal int)",
	],
	doc: "A histogram with buckets of one width from min to max, and one more on either side for what lies outside.",
	example:
		"tracepoint:syscalls:sys_exit_read { @bytes = lhist(args.ret, 0, 1000, 100); exit(); }",
	check: (call) => {
		const range = rangeOf(call.args);
		checkRange(call, range);
		return aggregateOf("lhist", call.args[0], { ...range });
	},
	aggregate: {
		cells: ({ params }) => ({
			buckets: lhistBucketCount({
				min: Number(params.min),
				max: Number(params.max),
				step: Number(params.step),
			}),
		}),
		emitBucket: (emitter, { args }) => {
			emitter.include("histogram");
			const { min, max, step } = rangeOf(args);
			const amount = emitter.local(
				"s64",
				args[0] ? emitter.scalar(args[0]) : "0",
				"amount",
			);
			return {
				bucket: `linear_bucket(${amount}, ${min}, ${max}, ${step})`,
				sum: amount,
			};
		},
		render: renderLhist,
	},
};

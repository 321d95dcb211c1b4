// in_list(): whether a number stands in a list such as `80,443,8000-8099`, which tools take as an option.
import { boolType } from "../types/types.ts";
import type { BuiltinDefinition, EmitCall, Emitter } from "./definition.ts";

interface Range {
	readonly from: bigint;
	readonly to: bigint;
}

const LARGEST = 2n ** 63n - 1n;
const range = /^\s*(0x[\da-f]+|\d+)\s*(?:-\s*(0x[\da-f]+|\d+)\s*)?$/i;

/** undefined where a part of the list is no number and no range. */
function readList(list: string): readonly Range[] | undefined {
	const ranges: Range[] = [];
	for (const part of list.split(",")) {
		const [, first, last = first] = range.exec(part) ?? [];
		if (first === undefined || last === undefined) return undefined;
		const read = { from: BigInt(first), to: BigInt(last) };
		if (read.to < read.from || read.to > LARGEST) return undefined;
		ranges.push(read);
	}
	return ranges;
}

function rangesOf({ args }: Pick<EmitCall, "args">): readonly Range[] {
	const list = String(args[1]?.constant ?? "");
	return list === "" ? [] : (readList(list) ?? []);
}

function emitTest(emitter: Emitter, call: EmitCall): string {
	const [number] = call.args;
	const ranges = rangesOf(call);
	if (!number || ranges.length === 0) return "0";
	const value = emitter.local("s64", emitter.scalar(number), "number");
	const tests = ranges.map(({ from, to }) =>
		from === to
			? `${value} == ${from}`
			: `(${value} >= ${from} && ${value} <= ${to})`,
	);
	return `((u64)(${tests.join(" || ")}))`;
}

export const inList: BuiltinDefinition = {
	name: "in_list",
	group: "data",
	signatures: ["in_list(number: int, list: literal string)"],
	doc: 'Whether the number stands in a list of numbers and ranges, such as an option of a tool: `in_list(args.dport, getopt("P|port", "80,443,8000-8099"))`. Nothing stands in an empty list.',
	example:
		'begin { printf("%d %d\\n", in_list(8080, "80,443,8000-8099"), in_list(81, "80,443")); exit(); }',
	check: (call) => {
		const list = call.args[1];
		const text = String(list?.constant ?? "");
		if (text !== "" && !readList(text))
			call.report(
				"E0483",
				{ list: JSON.stringify(text) },
				{ span: list?.span ?? call.span },
			);
		return boolType;
	},
	fold: (call) => {
		const number = call.args[0]?.constant;
		if (typeof number !== "bigint")
			return rangesOf(call).length === 0 ? false : undefined;
		return rangesOf(call).some(
			({ from, to }) => number >= from && number <= to,
		);
	},
	emitScalar: emitTest,
};

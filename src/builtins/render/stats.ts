// stats(): cells of `{ u64 or s64 sum; u64 count; }`. Only the average is divided by `div`.
import type { AggregateDefinition } from "../definition.ts";
import { averageOfCells } from "./aggregate-value.ts";

export const renderStats: AggregateDefinition["render"] = (
	cells,
	_params,
	signed,
) => {
	const { sum, count, average } = averageOfCells(cells, signed);
	const divided = (div: number) => (div > 1 ? average / BigInt(div) : average);
	return {
		order: average,
		numbers: [count, average, sum],
		text: (div) =>
			`{ .count = ${count}, .average = ${divided(div)}, .total = ${sum} }`,
		multiline: false,
		json: (div) => ({
			members: [
				["count", count],
				["average", divided(div)],
				["total", sum],
			],
		}),
		jsonType: "stats",
	};
};

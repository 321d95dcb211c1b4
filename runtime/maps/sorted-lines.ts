// Lines that wait to be sorted: a script's tables.
import type { LineStore } from "../../src/builtins/host.ts";

interface Line {
	readonly order: bigint;
	readonly text: string;
}

export function lineStore(): LineStore {
	let lines: Line[] = [];
	return {
		add(order, text) {
			lines.push({ order, text });
		},
		take() {
			const sorted = lines.toSorted((a, b) =>
				a.order === b.order ? 0 : a.order < b.order ? 1 : -1,
			);
			lines = [];
			return sorted.map((line) => line.text);
		},
	};
}

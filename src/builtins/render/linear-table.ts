// The linear histogram of bcc's tools: `     runqlen       : count     distribution`, then `        0          : 1068     |*** |`.
import { greatest } from "./integers.ts";
import { bar } from "./log2-table.ts";

export interface LinearRow {
	/** `3`, or `10 -> 19`. */
	readonly label: string;
	readonly count: bigint;
}

const barWidth = 40;

/** Rows, each with its line end, under a heading; empty where nothing was counted. */
export function linearTable(rows: readonly LinearRow[], unit: string): string {
	if (rows.length === 0) return "";
	const most = greatest(rows.map(({ count }) => count));
	const lines = rows.map(
		({ label, count }) =>
			`        ${label.padEnd(10)} : ${String(count).padEnd(8)} |${bar(count, most, barWidth)}|\n`,
	);
	return `     ${unit.padEnd(13)} : count     distribution\n${lines.join("")}`;
}

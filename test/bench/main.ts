// npm run bench [-- B2 …] [--long] [--runs N] [--out FILE]: the figures as a table, and in bench.json.
import { writeFileSync } from "node:fs";
import { cpus, release } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { checking, idle, stacks } from "./at-work.ts";
import { eventCost } from "./event-cost.ts";
import type { Figure, Row } from "./figure.ts";
import { bigMaps, memory } from "./maps.ts";
import { many, start } from "./start.ts";
import { eventStream } from "./stream.ts";
import { build, findTracers, root } from "./tools.ts";

const figures: readonly Figure[] = [
	start,
	eventCost,
	eventStream,
	bigMaps,
	memory,
	many,
	stacks,
	idle,
	checking,
];

function describe(row: Row, names: readonly string[]): string {
	const own = row.values.kask ?? Number.NaN;
	const cells = names.map((name) => {
		const value = row.values[name];
		if (value === undefined) return "–";
		const text = value >= 100 ? value.toFixed(0) : value.toPrecision(3);
		return name === "kask" ? text : `${text} (${(own / value).toFixed(2)})`;
	});
	return `| ${row.what} | ${row.unit} | ${cells.join(" | ")} |`;
}

function table(rows: readonly Row[]): string {
	const names = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))];
	names.sort((a, b) => Number(b === "kask") - Number(a === "kask"));
	const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
	return [
		line(["", "unit", ...names]),
		line(["", "", ...names].map(() => "---")),
		...rows.map((row) => describe(row, names)),
	].join("\n");
}

async function main(words: string[]): Promise<void> {
	const { values, positionals } = parseArgs({
		args: words,
		allowPositionals: true,
		options: {
			long: { type: "boolean", default: false },
			runs: { type: "string", default: "5" },
			out: { type: "string", default: join(root, "bench.json") },
		},
	});
	const wanted = positionals.map((id) => id.toUpperCase());
	const tools = build();
	const tracers = findTracers();
	const machine = `Linux ${release()}, ${cpus().length} × ${cpus()[0]?.model ?? "?"}, Node ${process.version}`;
	console.log(
		`${machine}\nIn brackets: kask's figure divided by the other's.\n`,
	);
	const results = [];
	for (const figure of figures) {
		if (wanted.length > 0 && !wanted.includes(figure.id)) continue;
		for (const size of values.long ? figure.sizes : [usualSize(figure)]) {
			const context = { ...tools, tracers, runs: Number(values.runs), size };
			const rows = await figure.measure(context);
			const { id, title } = figure;
			console.log(
				`${id} ${title}${values.long ? `, × ${size}` : ""}\n${table(rows)}\n`,
			);
			results.push({ id, title, size, rows });
		}
	}
	const report = { machine, date: new Date().toISOString(), results };
	writeFileSync(values.out, `${JSON.stringify(report, undefined, "\t")}\n`);
}

/** The first, but for those whose first sizes are parts. */
function usualSize({ id, sizes }: Figure): number {
	if (id === "B6") return 100;
	return sizes.includes(1) ? 1 : (sizes[0] ?? 1);
}

await main(process.argv.slice(2));

// B3: lines per second, and whether any is lost.
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Context, Figure, Row } from "./figure.ts";
import { launch, median, startTracer } from "./measure.ts";
import { folder, type Tracer } from "./tools.ts";

const script =
	'tracepoint:raw_syscalls:sys_enter /comm == "dd"/ { printf("%d %s %d\\n", pid, comm, nsecs); }';
const copies = 500_000;

interface Streamed {
	readonly perSecond: number;
	/** Percent. */
	readonly lost: number;
	readonly slowed: number;
}

async function stream(context: Context, tracer: Tracer): Promise<Streamed> {
	const count = copies * context.size;
	const dd = [
		"dd",
		"if=/dev/zero",
		"of=/dev/null",
		"bs=1",
		`count=${count}`,
		"status=none",
	];
	const alone = launch(context.launch, dd).end;
	const output = join(folder, "stream");
	const running = await startTracer(tracer, script, output);
	const before = performance.now();
	const { end } = launch(context.launch, dd);
	await running.stop();
	const seconds = (performance.now() - before) / 1000;
	const lines = countLines(output);
	return {
		perSecond: lines / seconds,
		lost: Math.max(0, 100 - (100 * lines) / (2 * count)),
		slowed: end / alone,
	};
}

function countLines(path: string): number {
	if (statSync(path).size > 2 ** 31) return Number.NaN;
	let lines = 0;
	for (const byte of readFileSync(path)) if (byte === 10) lines++;
	return lines;
}

/** Writing the same bytes, a 64 KiB at a time. */
function floor(context: Context): number {
	const line = "12345 dd 1234567890123456\n";
	const bytes = copies * 2 * context.size * line.length;
	const from = `yes "${line.trim()}" | head -c ${bytes} >${join(folder, "stream")}`;
	return (
		(copies * 2 * context.size) /
		(launch(context.launch, ["sh", "-c", from]).end / 1e9)
	);
}

export const eventStream: Figure = {
	id: "B3",
	title: "event stream: a line per system call of dd, 1 M lines, to a file",
	sizes: [0.1, 1, 4],
	async measure(context) {
		const results = new Map<string, Streamed[]>();
		const floors: number[] = [];
		for (let round = 0; round < Math.min(3, context.runs); round++) {
			floors.push(floor(context));
			for (const tracer of context.tracers) {
				const known = results.get(tracer.name) ?? [];
				results.set(tracer.name, [...known, await stream(context, tracer)]);
			}
		}
		const row = (
			what: string,
			unit: string,
			pick: (s: Streamed) => number,
		): Row => ({
			what,
			unit,
			values: Object.fromEntries(
				[...results].map(([name, list]) => [name, median(list.map(pick))]),
			),
		});
		const speed = row("lines per second", "k/s", (s) => s.perSecond / 1000);
		return [
			{ ...speed, values: { ...speed.values, floor: median(floors) / 1000 } },
			row("lost", "%", (s) => s.lost),
			row("dd takes", "times", (s) => s.slowed),
		];
	},
};

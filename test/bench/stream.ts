// B3: lines per second, and whether any is lost.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
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

type Way = "file" | "pipe";

async function stream(
	context: Context,
	tracer: Tracer,
	way: Way,
): Promise<Streamed> {
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
	const reader = way === "pipe" ? openReader(output) : undefined;
	const running = await startTracer(tracer, script, reader?.pipe ?? output);
	const before = performance.now();
	const { end } = launch(context.launch, dd);
	await running.stop();
	await reader?.ended;
	const seconds = (performance.now() - before) / 1000;
	const lines = countLines(output);
	return {
		perSecond: lines / seconds,
		lost: Math.max(0, 100 - (100 * lines) / (2 * count)),
		slowed: end / alone,
	};
}

/** A `cat` that writes what comes through a pipe into a file. */
function openReader(output: string) {
	const pipe = join(folder, "pipe");
	if (!existsSync(pipe)) execFileSync("mkfifo", [pipe]);
	const cat = spawn("sh", ["-c", 'cat <"$0" >"$1"', pipe, output]);
	const ended = new Promise<void>((resolve) =>
		cat.on("close", () => resolve()),
	);
	return { pipe, ended };
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
	title: "event stream: a line per system call of dd, 1 M lines",
	sizes: [0.1, 1, 4],
	async measure(context) {
		const floors: number[] = [];
		const rows: Row[] = [];
		for (const way of ["file", "pipe"] as const) {
			const results = new Map<string, Streamed[]>();
			for (let round = 0; round < context.runs; round++) {
				floors.push(floor(context));
				for (const tracer of context.tracers) {
					const known = results.get(tracer.name) ?? [];
					const streamed = await stream(context, tracer, way);
					results.set(tracer.name, [...known, streamed]);
				}
			}
			rows.push(...rowsOf(way, results, floors));
		}
		return rows;
	},
};

function rowsOf(
	way: Way,
	results: ReadonlyMap<string, readonly Streamed[]>,
	floors: readonly number[],
): Row[] {
	const row = (
		what: string,
		unit: string,
		pick: (s: Streamed) => number,
	): Row => ({
		what: `to a ${way}: ${what}`,
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
}

// B4 and B5: large maps printed, and memory.

import type { Context, Figure, Row } from "./figure.ts";
import { launch, median, sleep, startTracer, treeMemory } from "./measure.ts";
import type { Tracer } from "./tools.ts";

const fill =
	'tracepoint:raw_syscalls:sys_enter /comm == "dd"/ { @[nsecs] = 1; }';
const top = `${fill} END { print(@, 10); clear(@); }`;

/** `1 M keys`, `10 k keys` */
function keysOf({ size }: Context): string {
	return size < 1 ? `${size * 1000} k keys` : `${size} M keys`;
}

function fillMap(context: Context, keys: number): void {
	const count = `count=${Math.round(keys / 2)}`;
	launch(context.launch, [
		"dd",
		"if=/dev/zero",
		"of=/dev/null",
		"bs=1",
		count,
		"status=none",
	]);
}

/** Milliseconds from the interrupt to the end. */
async function printed(
	context: Context,
	tracer: Tracer,
	script: string,
): Promise<{ time: number; memory: number }> {
	const running = await startTracer(tracer, script, "pipe", true);
	fillMap(context, 1_000_000 * context.size);
	let memory = 0;
	const watch = setInterval(() => {
		memory = Math.max(memory, treeMemory(running.process.pid ?? 0));
	}, 10);
	const time = await running.stop();
	clearInterval(watch);
	return { time, memory };
}

async function compare(
	context: Context,
	what: string,
	unit: string,
	measure: (tracer: Tracer) => Promise<number>,
): Promise<Row> {
	const lists = new Map<string, number[]>();
	for (let round = 0; round < context.runs; round++) {
		for (const tracer of context.tracers) {
			const list = lists.get(tracer.name) ?? [];
			lists.set(tracer.name, [...list, await measure(tracer)]);
		}
	}
	const medians = [...lists].map(([name, list]) => [name, median(list)]);
	return { what, unit, values: Object.fromEntries(medians) };
}

export const bigMaps: Figure = {
	id: "B4",
	title: "big maps: from the interrupt to the end",
	sizes: [0.01, 0.1, 1],
	async measure(context) {
		return [
			await compare(
				context,
				`${keysOf(context)} printed`,
				"ms",
				async (t) => (await printed(context, t, fill)).time,
			),
			await compare(
				context,
				`print(@, 10) of ${keysOf(context)}`,
				"ms",
				async (t) => (await printed(context, t, top)).time,
			),
		];
	},
};

/** The most that it holds while it starts and traces. */
async function peakOf(tracer: Tracer): Promise<number> {
	let memory = 0;
	const own = process.pid;
	const before = treeMemory(own);
	const watch = setInterval(() => {
		memory = Math.max(memory, treeMemory(own) - before);
	}, 5);
	const running = await startTracer(
		tracer,
		"tracepoint:raw_syscalls:sys_enter { @[comm] = count(); }",
	);
	await sleep(1000);
	await running.stop();
	clearInterval(watch);
	return memory / 1024;
}

export const memory: Figure = {
	id: "B5",
	title: "memory: the most that all its processes hold",
	sizes: [0.01, 0.1, 1],
	async measure(context) {
		return [
			await compare(context, "tracing with one map", "MiB", peakOf),
			await compare(
				context,
				`${keysOf(context)} printed`,
				"MiB",
				async (t) => (await printed(context, t, fill)).memory / 1024,
			),
		];
	},
};

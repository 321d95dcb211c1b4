// B2: what each traced event adds to the traced program, in CPU time, which a busy machine disturbs least.

import { readFileSync } from "node:fs";
import { openRawTracepoint } from "../../runtime/bpf/link.ts";
import { openObject } from "../../runtime/bpf/load.ts";
import { type Kernel, openKernel } from "../../runtime/ffi/kernel.ts";
import { koffiFfi } from "../../runtime/ffi/koffi.ts";
import type { Context, Figure, Row } from "./figure.ts";
import { launch, median, startTracer } from "./measure.ts";

const enter = "tracepoint:raw_syscalls:sys_enter";
const exit = "tracepoint:raw_syscalls:sys_exit";

interface Work {
	readonly what: string;
	readonly script: string;
	/** Programs of floor.bpf.c that do the same. */
	readonly byHand: readonly string[];
}

const works: readonly Work[] = [
	{ what: "count()", script: `${enter} { @ = count(); }`, byHand: ["count"] },
	{
		what: "count() by comm",
		script: `${enter} { @[comm] = count(); }`,
		byHand: ["comm"],
	},
	{
		what: "count() by pid",
		script: `${enter} { @[pid] = count(); }`,
		byHand: ["pid"],
	},
	{
		what: "count() by comm and call",
		script: `${enter} { @[comm, args->id] = count(); }`,
		byHand: ["two"],
	},
	{
		what: "hist()",
		script: `${exit} { @ = hist(args->ret); }`,
		byHand: ["hist"],
	},
	{ what: "sum()", script: `${exit} { @ = sum(args->ret); }`, byHand: ["sum"] },
	{
		what: "latency by tid",
		script: `${enter} { @start[tid] = nsecs; } ${exit} /@start[tid]/ { @ = hist(nsecs - @start[tid]); delete(@start[tid]); }`,
		byHand: ["latency", "latency_exit"],
	},
	{
		what: "count() by kstack",
		script: `${enter} { @[kstack] = count(); }`,
		byHand: ["kstack"],
	},
	{
		what: "predicate that never holds",
		script: `${enter} /tid == 1/ { @ = count(); }`,
		byHand: ["never"],
	},
];

/** Copies byte by byte: two system calls each. */
const copies = 50_000;
const parts = 4;

/** Nanoseconds per call: the quickest of a few short runs, as other work on the machine only ever adds to one. */
function runTraced(context: Context): number {
	// Long runs need no repeating.
	const turns = Math.ceil(parts / context.size);
	return Math.min(...Array.from({ length: turns }, () => runOnce(context)));
}

function runOnce(context: Context): number {
	const count = `count=${copies * context.size}`;
	const words = [
		"dd",
		"if=/dev/zero",
		"of=/dev/null",
		"bs=1",
		count,
		"status=none",
	];
	const { user, system } = launch(context.launch, words);
	return (user + system) / (2 * copies * context.size);
}

/** Nanoseconds per call while programs of floor.bpf.c run. */
function underHand(
	context: Context,
	kernel: Kernel,
	names: readonly string[],
): number {
	const bytes = readFileSync(context.floor);
	const loaded = openObject(kernel, bytes);
	if (!loaded.ok) throw new Error(JSON.stringify(loaded.failure));
	const links = names.map((name) => {
		const at = /^(hist|sum|latency_exit)$/.test(name)
			? "sys_exit"
			: "sys_enter";
		const fd = loaded.value.programs.get(name) ?? -1;
		return openRawTracepoint(kernel.libc, fd, at);
	});
	const cost = runTraced(context);
	for (const link of links) kernel.libc.call.close(link);
	loaded.value.close();
	return cost;
}

async function measureWork(
	context: Context,
	kernel: Kernel,
	work: Work,
): Promise<Row> {
	const added = new Map<string, number[]>();
	for (let round = 0; round < context.runs; round++) {
		// Of the same round: the machine's pace changes from one to the next.
		const untraced = runTraced(context);
		const note = (name: string, cost: number) =>
			added.set(name, [...(added.get(name) ?? []), cost - untraced]);
		note("floor", underHand(context, kernel, ["empty"]));
		note("by hand", underHand(context, kernel, work.byHand));
		for (const tracer of context.tracers) {
			const running = await startTracer(tracer, work.script);
			note(tracer.name, runTraced(context));
			await running.stop();
		}
	}
	const values = [...added].map(([name, list]) => [name, median(list)]);
	return { what: work.what, unit: "ns", values: Object.fromEntries(values) };
}

export const eventCost: Figure = {
	id: "B2",
	title: "cost per event: added to each system call",
	sizes: [1, 10, 100],
	async measure(context) {
		const kernel = openKernel(koffiFfi);
		if (!kernel.ok) throw new Error(JSON.stringify(kernel.failure));
		const rows: Row[] = [];
		// What takes a hundred times as long need not be done as often.
		const runs = Math.ceil(context.runs / context.size);
		for (const work of works)
			rows.push(await measureWork({ ...context, runs }, kernel.value, work));
		return rows;
	},
};

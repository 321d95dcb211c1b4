// A process of its own that attaches one program of every kind and then waits: to be killed, or to end by itself.
// argv: the object, tracefs, a program for uprobes, an offset in it; then `wait` or `exit`. Prints the programs' ids.
import { readFileSync } from "node:fs";
import { attachAll } from "../../../runtime/attach/all.ts";
import { makeAttachContext } from "../../../runtime/attach/context.ts";
import { Attr } from "../../../runtime/bpf/attr.ts";
import { openObject } from "../../../runtime/bpf/load.ts";
import { openKernel } from "../../../runtime/ffi/kernel.ts";
import { koffiFfi } from "../../../runtime/ffi/koffi.ts";
import type { AttachTarget } from "../../../src/plan.ts";

const [
	,
	,
	objectPath = "",
	tracefs = "",
	path = "",
	offset = "0",
	mode = "wait",
] = process.argv;
const OBJECT_INFO = 15;

const opened = openKernel(koffiFfi);
if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
const kernel = opened.value;
const loaded = openObject(kernel, readFileSync(objectPath));
if (!loaded.ok) throw new Error(JSON.stringify(loaded.failure));

const place = { file: "test.bt", line: 1, column: 1 };
const jobs: readonly [string, string, AttachTarget][] = [
	[
		"on_tracepoint",
		"tp",
		{ kind: "tracepoint", category: "sched", event: "sched_process_exec" },
	],
	[
		"on_raw_tracepoint",
		"raw_tp",
		{ kind: "raw_tracepoint", name: "sys_enter" },
	],
	[
		"on_perf_event",
		"perf_event",
		{ kind: "profile", unit: "frequency", every: 99 },
	],
	[
		"on_uprobe",
		"uprobe",
		{
			kind: "uprobe",
			path,
			offset: Number(offset),
			ret: false,
			semaphore: 0,
			pid: -1,
		},
	],
];
const plan = {
	programs: jobs.map(([symbol, section]) => ({
		symbol,
		section,
		probe: symbol,
		place,
	})),
	attach: jobs.map(([symbol, , target], program) => ({
		program,
		target,
		probe: symbol,
		place,
	})),
};
const outcome = attachAll(
	makeAttachContext(kernel, tracefs),
	plan,
	plan.attach,
	loaded.value,
);
if (outcome.failures.length > 0)
	throw new Error(JSON.stringify(outcome.failures));

function programId(fd: number): number {
	const info = kernel.ffi.allocate(232);
	kernel.libc.bpf(
		OBJECT_INFO,
		new Attr(kernel.ffi, 152).u32(0, fd).u32(4, 232).pointer(8, info),
	);
	return info.view.getUint32(4, true);
}

console.log(
	jobs
		.map(([symbol]) => programId(loaded.value.programs.get(symbol) ?? -1))
		.join(" "),
);
if (mode === "wait") setInterval(() => {}, 1000);

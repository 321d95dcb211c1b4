// What this kernel can do, found out by trying: version numbers lie (backports), configurations differ, lockdown takes
// things away. One row per feature; each is tried at most once, and only when asked for.
import { closeSync, openSync } from "node:fs";
import { PerfType, perfAttr } from "../attach/perf-event.ts";
import { readProbeSource } from "../attach/probe-pmu.ts";
import {
	AttachType,
	linkPerfEvent,
	linkUprobeMulti,
	openRawTracepoint,
} from "../bpf/link.ts";
import { createMap, lookupBatch, MapType } from "../bpf/map.ts";
import { ProgramType, runProgram } from "../bpf/program.ts";
import type { Kernel } from "../ffi/kernel.ts";
import { readKallsyms } from "../machine/kallsyms.ts";
import { isUnsupported } from "../maps/read.ts";
import { Errno } from "../result.ts";
import { tryBreakpoint } from "./breakpoint-feature.ts";
import { loadTrial, TRIAL_FUNCTION, withFd } from "./feature-trial.ts";
import { helperRows } from "./helper-features.ts";
import { kprobeMultiRows } from "./kprobe-multi-features.ts";

export interface FeatureRow {
	/** What `kask --info` calls it, and `Plan.needs`. */
	readonly name: string;
	/** The Linux version it came with. */
	readonly since: string;
	/** Kernel configuration without which it is missing. */
	readonly config?: string;
	readonly about: string;
	readonly attempt: (kernel: Kernel) => boolean;
}

export const featureRows = [
	{
		name: "btf",
		since: "5.4",
		config: "CONFIG_DEBUG_INFO_BTF",
		about: "type information of the kernel",
		attempt: () => canOpen("/sys/kernel/btf/vmlinux"),
	},
	{
		name: "raw_tracepoint",
		since: "4.17",
		about: "tracepoints with their raw arguments",
		attempt: (kernel) =>
			loadTrial(kernel, { type: ProgramType.rawTracepoint }, () => true),
	},
	{
		name: "raw_tracepoint_cookie",
		since: "6.10",
		about: "one raw tracepoint program for many tracepoints",
		attempt: (kernel) =>
			loadTrial(kernel, { type: ProgramType.rawTracepoint }, (program) =>
				withFd(kernel, openRawTracepoint(kernel.libc, program, "sys_enter", 1)),
			),
	},
	{
		name: "btf_tracepoint",
		since: "5.5",
		config: "CONFIG_DEBUG_INFO_BTF",
		about: "raw tracepoints whose arguments can be followed",
		attempt: (kernel) => tryTracing(kernel, "sys_enter", AttachType.rawTp),
	},
	{
		name: "program_run",
		since: "5.10",
		about: "running begin and end without an event",
		attempt: (kernel) =>
			loadTrial(
				kernel,
				{ type: ProgramType.rawTracepoint },
				(program) =>
					runProgram(kernel.libc, program, kernel.ffi.allocate(8)) >= 0,
			),
	},
	{
		name: "ring_buffer",
		since: "5.8",
		about: "one event buffer for all CPUs",
		attempt: (kernel) => {
			const shape = {
				type: MapType.ringbuf,
				keySize: 0,
				valueSize: 0,
				maxEntries: kernel.libc.call.getpagesize(),
			};
			return withFd(kernel, createMap(kernel.libc, shape));
		},
	},
	{
		name: "map_batch",
		since: "5.6",
		about: "reading a map with a few calls",
		attempt: tryBatch,
	},
	{
		name: "perf_link",
		since: "5.15",
		about: "links of perf events, with cookies",
		attempt: tryPerfLink,
	},
	{
		name: "kprobe",
		since: "4.17",
		config: "CONFIG_KPROBE_EVENTS",
		about: "kprobe and kretprobe",
		attempt: tryKprobe,
	},
	...kprobeMultiRows,
	{
		name: "uprobe",
		since: "4.17",
		config: "CONFIG_UPROBE_EVENTS",
		about: "uprobe, uretprobe and USDT",
		attempt: () => readProbeSource("uprobe") !== undefined,
	},
	{
		name: "uprobe_multi",
		since: "6.6",
		about: "many uprobes with one link",
		attempt: tryUprobeMulti,
	},
	{
		name: "fentry",
		since: "5.5",
		config: "CONFIG_DEBUG_INFO_BTF, CONFIG_FUNCTION_TRACER",
		about: "fentry and fexit; lockdown forbids them",
		attempt: (kernel) => tryTracing(kernel, TRIAL_FUNCTION, AttachType.fentry),
	},
	{
		name: "iter",
		since: "5.8",
		about: "iterators over kernel objects",
		attempt: (kernel) => tryTracing(kernel, "task", AttachType.iterator),
	},
	{
		name: "hardware",
		since: "2.6.31",
		about: "counters of the processor; most virtual machines have none",
		attempt: (kernel) => {
			const attr = perfAttr(
				kernel.libc,
				PerfType.hardware,
				PERF_COUNT_HW_CPU_CYCLES,
			);
			const event = kernel.libc.perfEventOpen(attr, process.pid, -1);
			return withFd(kernel, event);
		},
	},
	{
		name: "watchpoint",
		since: "2.6.33",
		about: "breakpoints of the processor; some virtual machines have none",
		attempt: tryBreakpoint,
	},
	{
		name: "kernel_variables",
		since: "2.6.12",
		config: "CONFIG_KALLSYMS_ALL",
		about: "addresses of the kernel's variables",
		attempt: () => (readKallsyms()?.find("jiffies_64").length ?? 0) > 0,
	},
	...helperRows,
] as const satisfies readonly FeatureRow[];

export type FeatureName = (typeof featureRows)[number]["name"];

export interface Features {
	has(name: FeatureName): boolean;
}

/** Remembers what has been tried. */
export function makeFeatures(kernel: Kernel): Features {
	const known = new Map<string, boolean>();
	return {
		has(name) {
			const before = known.get(name);
			if (before !== undefined) return before;
			const row = featureRows.find((candidate) => candidate.name === name);
			const found = row?.attempt(kernel) ?? false;
			known.set(name, found);
			return found;
		},
	};
}

/** A row by its name, for messages that say since when Linux has it. */
export function findFeature(name: string): FeatureRow | undefined {
	return featureRows.find((row) => row.name === name);
}

function canOpen(path: string): boolean {
	try {
		closeSync(openSync(path, "r"));
		return true;
	} catch {
		return false;
	}
}

function tryBatch(kernel: Kernel): boolean {
	const { libc, ffi } = kernel;
	const fd = createMap(libc, {
		type: MapType.hash,
		keySize: 8,
		valueSize: 8,
		maxEntries: 1,
	});
	return withFd(kernel, fd, () => {
		const room = { memory: ffi.allocate(8), offset: 0 };
		const values = { memory: ffi.allocate(8), offset: 0 };
		const { status } = lookupBatch(libc, {
			fd,
			next: ffi.allocate(8),
			keys: room,
			values,
			count: 1,
		});
		return status >= 0 || !isUnsupported(status);
	});
}

const PERF_COUNT_HW_CPU_CYCLES = 0;
const PERF_COUNT_SW_DUMMY = 9;

function tryPerfLink(kernel: Kernel): boolean {
	const { libc } = kernel;
	const attr = perfAttr(libc, PerfType.software, PERF_COUNT_SW_DUMMY);
	const event = libc.perfEventOpen(attr, process.pid, -1);
	return withFd(kernel, event, () =>
		loadTrial(kernel, { type: ProgramType.perfEvent }, (program) =>
			withFd(kernel, linkPerfEvent(libc, program, event, 1)),
		),
	);
}

function tryKprobe(kernel: Kernel): boolean {
	const source = readProbeSource("kprobe");
	if (!source) return false;
	const attr = perfAttr(kernel.libc, source.type, 0).string(56, TRIAL_FUNCTION);
	return withFd(kernel, kernel.libc.perfEventOpen(attr, -1, 0));
}

// A folder is no place for a uprobe: kernels that know the call say so (EBADF), others do not get that far. The first
// kernels that had it took a process for one of its threads; those that don't refuse the process -1 (EINVAL).
function tryUprobeMulti(kernel: Kernel): boolean {
	const shape = {
		type: ProgramType.kprobe,
		expectedAttachType: AttachType.uprobeMulti,
	};
	return loadTrial(kernel, shape, (program) => {
		const attempt = (pid: number) =>
			linkUprobeMulti(kernel.libc, program, {
				path: "/",
				offsets: [0],
				ret: false,
				pid,
			});
		return attempt(0) === -Errno.EBADF && attempt(-1) === -Errno.EINVAL;
	});
}

function tryTracing(
	kernel: Kernel,
	target: string,
	attachType: number,
): boolean {
	const attachBtfId = kernel.libbpf.libbpf_find_vmlinux_btf_id(
		target,
		attachType,
	);
	if (attachBtfId <= 0) return false;
	const shape = {
		type: ProgramType.tracing,
		expectedAttachType: attachType,
		attachBtfId,
	};
	return loadTrial(kernel, shape, () => true);
}

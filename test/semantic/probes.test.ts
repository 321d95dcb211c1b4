// What probe specs resolve to: names, targets, sections, arguments.
import { describe, expect, test } from "vitest";
import { allProviders, providerNamed } from "../../src/probes/index.ts";
import type { FakeMachine } from "./fake-environment.ts";
import { resolve } from "./resolve-probe.ts";

const machine: FakeMachine = {
	tracepoints: {
		syscalls: ["sys_enter_open", "sys_enter_openat", "sys_exit_openat"],
		sched: ["sched_switch", "sched_wakeup"],
		irq: ["softirq_entry"],
	},
	rawTracepoints: ["sched_switch", "sched_wakeup", "sys_enter"],
	functions: {
		vmlinux: ["vfs_read", "vfs_write", "tcp_sendmsg"],
		ext4: ["ext4_sync_file", "vfs_write"],
	},
	files: {
		"/lib/libc.so.6": {
			malloc: { offset: 0x100, size: 0x40 },
			free: { offset: 0x200, size: 0x20 },
			cfree: { offset: 0x200, size: 0x20 },
		},
		"/bin/app": {
			main: { offset: 0x10, size: 8 },
			_ZN3app3runEi: { offset: 0x50, size: 8 },
		},
		"/bin/apple": { main: { offset: 0x20, size: 8 } },
	},
	usdt: {
		"/bin/app": [
			{
				provider: "app",
				name: "open",
				offset: 0x30,
				semaphore: 0x99,
				arguments: "8@%rdi",
			},
			{
				provider: "app",
				name: "open",
				offset: 0x40,
				semaphore: 0x99,
				arguments: "8@%rax",
			},
			{
				provider: "lib",
				name: "open",
				offset: 0x50,
				semaphore: 0,
				arguments: "",
			},
		],
	},
	iterators: ["task", "task_file"],
};

const names = (spec: string, more: FakeMachine = {}) =>
	resolve(spec, { ...machine, ...more }).matches.map((m) => m.probe);
const only = (spec: string, more: FakeMachine = {}) => {
	const { matches, said } = resolve(spec, { ...machine, ...more });
	expect(said).toEqual([]);
	expect(matches).toHaveLength(1);
	return matches[0];
};

test("every provider is found by each of its names, and no name is given twice", () => {
	const all = allProviders.flatMap((p) => [p.name, ...p.aliases]);
	expect(new Set(all).size).toBe(all.length);
	for (const p of allProviders)
		for (const n of [p.name, ...p.aliases]) expect(providerNamed(n)).toBe(p);
	expect(providerNamed("BEGIN")?.name).toBe("begin");
	expect(providerNamed("Tracepoint")?.name).toBe("tracepoint");
	expect(providerNamed("T")).toBeUndefined();
});

describe.each([
	["interval:s:1", "interval:s:1", "period", 1e9],
	["i:ms:20", "interval:ms:20", "period", 2e7],
	["interval:us:500", "interval:us:500", "period", 5e5],
	["interval:hz:99", "interval:hz:99", "frequency", 99],
	["interval:10ms", "interval:us:10000", "period", 1e7],
	["interval:1e6", "interval:us:1000", "period", 1e6],
	["profile:1_000_000", "profile:us:1000", "period", 1e6],
	["p:hz:0x63", "profile:hz:99", "frequency", 99],
])("rate %s", (spec, probe, unit, every) => {
	test(`is ${probe}`, () => {
		expect(only(spec)).toMatchObject({
			probe,
			section: "perf_event",
			hasRegisters: true,
			target: { unit, every },
		});
	});
});

describe.each([
	[
		"software:page-faults",
		"software:page-faults",
		{ type: 1, config: 2, period: 100 },
	],
	["s:faults:7", "software:faults:7", { type: 1, config: 2, period: 7 }],
	["software:cs:", "software:cs", { type: 1, config: 3, period: 1000 }],
	[
		"software:cpu-clock:*",
		"software:cpu-clock",
		{ type: 1, config: 0, period: 1_000_000 },
	],
	[
		"h:cycles:1e5",
		"hardware:cycles:100000",
		{ type: 0, config: 0, period: 100_000 },
	],
])("counted event %s", (spec, probe, target) => {
	test(`is ${probe}`, () => {
		expect(only(spec, { pid: 12 })).toMatchObject({
			probe,
			target: { kind: "perf_event", pid: 12, ...target },
		});
	});
});

test("a list in braces is any of its words", () => {
	expect(names("tracepoint:syscalls:sys_{enter,exit}_openat")).toEqual([
		"tracepoint:syscalls:sys_enter_openat",
		"tracepoint:syscalls:sys_exit_openat",
	]);
	expect(names("kprobe:{vfs_r*,tcp_sendmsg,none}")).toEqual([
		"kprobe:vfs_read",
		"kprobe:tcp_sendmsg",
	]);
	expect(names("tracepoint:syscalls:{a.b,sys+enter}_open")).toEqual([]);
});

describe("once", () => {
	test.each([
		["begin", "begin", { kind: "begin" }],
		["BEGIN", "begin", { kind: "begin" }],
		["END", "end", { kind: "end" }],
		["begin:*", "begin", { kind: "begin" }],
		[
			"self:signal:SIGUSR1",
			"self:signal:SIGUSR1",
			{ kind: "signal", signal: "SIGUSR1" },
		],
		["test:adds", "test:adds", { kind: "test", name: "adds" }],
		["bench:hist", "bench:hist", { kind: "bench", name: "hist" }],
	])("%s", (spec, probe, target) => {
		expect(only(spec)).toMatchObject({ probe, target, programType: "raw_tp" });
	});
});

const none: ReadonlySet<string> = new Set();

describe("tracepoint", () => {
	test("has its fields, and goes as a raw tracepoint where they are not wanted", () => {
		const match = only("t:sched:sched_switch");
		expect(match).toMatchObject({
			probe: "tracepoint:sched:sched_switch",
			target: { kind: "tracepoint", category: "sched", event: "sched_switch" },
			section: "tp",
		});
		expect(match?.cheaper?.(none)).toMatchObject({
			target: { kind: "raw_tracepoint", name: "sched_switch" },
			section: "raw_tp",
		});
		expect(match?.cheaper?.(new Set(["fd"]))).toBeUndefined();
		expect(match?.args?.()?.members.map((m) => m.name)).toEqual(["fd"]);
	});
	test("stays one where the kernel has no raw tracepoint of that name, or no BTF", () => {
		expect(
			only("tracepoint:irq:softirq_entry")?.cheaper?.(none),
		).toBeUndefined();
		expect(
			only("tracepoint:sched:sched_switch", { btf: false })?.cheaper?.(none),
		).toBeUndefined();
	});
	test("of a system call goes by number, unless its record is needed", () => {
		const match = only("tracepoint:syscalls:sys_enter_openat");
		expect(match?.cheaper?.(new Set(["fd"]))).toMatchObject({
			target: { kind: "btf_tracepoint" },
			section: "tp_btf/sys_enter",
			call: { when: "enter", number: 257 },
		});
		expect(match?.cheaper?.("all")).toBeUndefined();
		expect(match?.cheaper?.(new Set(["common_pid"]))).toBeUndefined();
		expect(
			only("tracepoint:syscalls:sys_enter_openat", {
				features: ["btf"],
			})?.cheaper?.(none),
		).toBeUndefined();
	});
	test.each([
		[
			"tracepoint:syscalls:sys_enter_*",
			[
				"tracepoint:syscalls:sys_enter_open",
				"tracepoint:syscalls:sys_enter_openat",
			],
		],
		[
			"tracepoint:s*:*_*openat",
			[
				"tracepoint:syscalls:sys_enter_openat",
				"tracepoint:syscalls:sys_exit_openat",
			],
		],
		["tracepoint:*irq*", ["tracepoint:irq:softirq_entry"]],
		["tracepoint:sched:sched_?akeup", ["tracepoint:sched:sched_wakeup"]],
	])("%s", (spec, probes) => expect(names(spec)).toEqual(probes));
});

describe("rawtracepoint", () => {
	test("reads its arguments from words of the context", () => {
		const match = only("rt:sched_switch");
		expect(match).toMatchObject({
			probe: "rawtracepoint:vmlinux:sched_switch",
			section: "raw_tp",
		});
		expect(match?.args?.()).toMatchObject({
			type: { origin: "args:rawtracepoint:sched_switch", size: 16 },
			members: [
				{ name: "file", offset: 0 },
				{ name: "flags", offset: 8 },
			],
		});
	});
	test.each([
		[
			"rawtracepoint:vmlinux:sched_*",
			[
				"rawtracepoint:vmlinux:sched_switch",
				"rawtracepoint:vmlinux:sched_wakeup",
			],
		],
		["rawtracepoint:*:sys_enter", ["rawtracepoint:vmlinux:sys_enter"]],
		["rawtracepoint:ext4:sys_enter", []],
	])("%s", (spec, probes) => expect(names(spec)).toEqual(probes));
});

describe("kprobe", () => {
	test("has arguments in registers", () => {
		const match = only("k:vfs_read");
		expect(match).toMatchObject({
			probe: "kprobe:vfs_read",
			func: "vfs_read",
			section: "kprobe",
			hasRegisters: true,
			target: { kind: "kprobe", function: "vfs_read", offset: 0, ret: false },
		});
		const offsets = match?.args?.()?.members.map((m) => m.offset);
		expect(offsets).toEqual(process.arch === "arm64" ? [0, 8] : [112, 104]);
	});
	test("inside a function has none", () => {
		const match = only("kprobe:vfs_read+0x10");
		expect(match).toMatchObject({
			probe: "kprobe:vfs_read+16",
			target: { offset: 16 },
		});
		expect(match?.args?.()).toBeUndefined();
	});
	test("of a module names it, of the kernel proper does not", () => {
		expect(only("kprobe:ext4:ext4_sync_file")?.target).toHaveProperty(
			"module",
			"ext4",
		);
		expect(only("kprobe:vmlinux:vfs_read")?.target).not.toHaveProperty(
			"module",
		);
	});
	test.each([
		[
			"kprobe:vfs_*",
			["kprobe:vfs_read", "kprobe:vfs_write", "kprobe:vfs_write"],
		],
		["kprobe:e*:*sync*", ["kprobe:ext4:ext4_sync_file"]],
		[
			"kretprobe:*:vfs_write",
			["kretprobe:vmlinux:vfs_write", "kretprobe:ext4:vfs_write"],
		],
	])("%s", (spec, probes) => expect(names(spec)).toEqual(probes));
	test("kretprobe has a result", () => {
		const match = only("kr:vfs_read");
		expect(match).toMatchObject({
			section: "kretprobe",
			target: { ret: true },
		});
		expect(match?.retval?.()).toMatchObject({ kind: "int", size: 8 });
		expect(match?.args).toBeUndefined();
	});
});

describe("fentry and fexit", () => {
	test("follow pointers to kernel structs", () => {
		const match = only("f:vfs_read");
		expect(match).toMatchObject({
			probe: "fentry:vmlinux:vfs_read",
			section: "fentry/vfs_read",
			programType: "tracing",
		});
		expect(match?.args?.()?.members).toMatchObject([
			{ name: "file", offset: 0, type: { kind: "pointer", trusted: true } },
			{ name: "flags", offset: 8, type: { kind: "int" } },
		]);
		expect(match?.retval).toBeUndefined();
	});
	test("fexit has its result behind the arguments", () => {
		expect(only("kretfunc:vmlinux:vfs_read")).toMatchObject({
			probe: "fexit:vmlinux:vfs_read",
			retvalOffset: 16,
		});
	});
	test("wildcards go over the functions with types", () => {
		expect(names("fentry:ext4:*")).toEqual([
			"fentry:ext4:ext4_sync_file",
			"fentry:ext4:vfs_write",
		]);
	});
});

describe("uprobe", () => {
	test.each([
		["u:libc:malloc", "uprobe:/lib/libc.so.6:malloc", 0x100],
		[
			"uprobe:/lib/libc.so.6:malloc+0x3f",
			"uprobe:/lib/libc.so.6:malloc+63",
			0x13f,
		],
		["uprobe:/bin/app:main+4", "uprobe:/bin/app:main+4", 0x14],
		["uprobe:/bin/app:0x400123", "uprobe:/bin/app:0x400123", 0x123],
		[
			'uprobe:/bin/app:cpp:"app::run"',
			"uprobe:/bin/app:cpp:_ZN3app3runEi",
			0x50,
		],
		['uprobe:/bin/app:cpp:"app::*"', "uprobe:/bin/app:cpp:_ZN3app3runEi", 0x50],
		[
			'uprobe:/bin/app:cpp:"app::run(int)"',
			"uprobe:/bin/app:cpp:_ZN3app3runEi",
			0x50,
		],
	])("%s", (spec, probe, offset) => {
		expect(only(spec)).toMatchObject({
			probe,
			section: "uprobe",
			target: { kind: "uprobe", offset, ret: false, pid: -1 },
		});
	});
	test("wildcards tell functions at one address once", () => {
		expect(names("uprobe:libc:*free")).toEqual(["uprobe:/lib/libc.so.6:free"]);
	});
	test("what has no size is probed under --unsafe only", () => {
		const files = {
			"/bin/raw": {
				_init: { offset: 8, size: 0 },
				_in: { offset: 16, size: 4 },
			},
		};
		const probes = (unsafe: boolean) =>
			resolve("uprobe:/bin/raw:_in*", { files, unsafe }).matches.length;
		expect(probes(false)).toBe(1);
		expect(probes(true)).toBe(2);
	});
	test("wildcards in the path", () => {
		expect(names("uprobe:/bin/app*:main")).toEqual([
			"uprobe:/bin/app:main",
			"uprobe:/bin/apple:main",
		]);
	});
	test("under -p the program itself may be left out", () => {
		const files = { "/proc/7/exe": { main: { offset: 1, size: 1 } } };
		expect(only("uprobe:main", { files, pid: 7 })).toMatchObject({
			target: { path: "/proc/7/exe", pid: 7 },
		});
	});
	test("uretprobe", () => {
		expect(only("ur:libc:malloc")).toMatchObject({
			probe: "uretprobe:/lib/libc.so.6:malloc",
			section: "uretprobe",
			target: { ret: true },
			retvalOffset: process.arch === "arm64" ? 0 : 80,
		});
	});
});

test("an iterator's context is its arguments, all but the kernel's own", () => {
	const match = only("iter:task");
	expect(match).toMatchObject({
		probe: "iter:task",
		section: "iter/task",
		target: { kind: "iter" },
	});
	expect(match?.args?.()?.members).toMatchObject([
		{ name: "task", offset: 8, type: { trusted: true } },
	]);
	expect(only("it:task:mine")?.target).toEqual({
		kind: "iter",
		pin: "/sys/fs/bpf/mine",
	});
});

describe("usdt", () => {
	test("stands at every place that bears its name", () => {
		const { matches } = resolve("usdt:/bin/app:app:open", machine);
		expect(matches).toMatchObject([
			{
				probe: "usdt:/bin/app:app:open",
				section: "uprobe",
				variant: "8@%rdi",
				target: { offset: 0x30, semaphore: 0x99 },
			},
			{
				probe: "usdt:/bin/app:app:open",
				variant: "8@%rax",
				target: { offset: 0x40 },
			},
		]);
	});
	test("without a namespace means that name in all of them", () => {
		expect(names("U:/bin/app:open")).toHaveLength(3);
		expect(names("usdt:/bin/app:l*:o*")).toEqual(["usdt:/bin/app:lib:open"]);
	});
});

test("a watchpoint's address stays exact", () => {
	expect(only("watchpoint:0xffffffff81000001:4:wr", { pid: 3 })).toMatchObject({
		probe: "watchpoint:0xffffffff81000001:4:rw",
		target: {
			kind: "watchpoint",
			address: "0xffffffff81000001",
			length: 4,
			mode: "rw",
			pid: 3,
		},
	});
});

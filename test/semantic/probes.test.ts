// What probe specs resolve to: names, targets, sections, arguments.
import { describe, expect, test } from "vitest";
import { allProviders, providerNamed } from "../../src/probes/index.ts";
import { names, only } from "./probe-machine.ts";

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

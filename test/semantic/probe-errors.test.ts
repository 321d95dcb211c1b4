// What is said about specs that are wrong, or that mean nothing on this machine: code, the part it stands at, the help.
import { expect, test } from "vitest";
import type { FakeMachine } from "./fake-environment.ts";
import { resolve } from "./resolve-probe.ts";

const machine: FakeMachine = {
	tracepoints: {
		syscalls: ["sys_enter_openat", "sys_enter_read", "sys_enter_nanosleep"],
		sched: ["sched_switch", "sched_wakeup", "sched_process_exec"],
		block: ["block_io_start", "block_io_done", "block_rq_issue"],
		tcp: ["tcp_retransmit_skb"],
	},
	rawTracepoints: ["sched_switch"],
	functions: {
		vmlinux: ["vfs_read", "vfs_write", "both"],
		ext4: ["ext4_sync_file", "both"],
	},
	files: {
		"/lib/libc.so.6": { malloc: { offset: 16, size: 8 } },
		"/etc/hosts": null,
	},
	usdt: {
		"/lib/libc.so.6": [
			{
				provider: "libc",
				name: "start",
				offset: 1,
				semaphore: 2,
				arguments: "",
			},
		],
	},
	iterators: ["task", "task_file"],
};

const wrong: readonly [spec: string, said: string][] = [
	[
		"tracepont:a:b",
		'E0301 "tracepont:a:b": unknown probe type tracepont | did you mean tracepoint?',
	],
	["begin:x", 'E0304 "begin:x": begin probes are written begin | '],
	[
		"tracepoint:sched_switch",
		'E0304 "tracepoint:sched_switch": tracepoint probes are written tracepoint:CATEGORY:EVENT | ',
	],
	["kprobe", 'E0304 "kprobe": kprobe probes are written'],
	["uprobe:malloc", 'E0304 "uprobe:malloc": '],
	["uprobe:/lib/libc.so.6::malloc", 'E0304 "uprobe:/lib/libc.so.6::malloc": '],
	["interval:s:x", 'E0305 "x": x is no number for the rate'],
	["interval:s", 'E0305 "s": '],
	["interval:s:0", 'E0306 "0": the rate must be at least 1'],
	["profile:hz:0", 'E0306 "0": the rate must be at least 1'],
	["interval:100ns", 'E0306 "100ns": a duration must be at least 1000'],
	[
		"interval:sec:1",
		'E0307 "sec": sec is no unit of time | use s, ms, us or hz',
	],
	["profile:99:hz", 'E0307 "99": 99 is no unit of time | write profile:hz:99'],
	["software:*", 'E0308 "*": the event cannot have wildcards'],
	["kprobe:vfs_*+4", 'E0308 "vfs_*+4": '],
	[
		"tracepoint:shed:sched_wakup",
		'E0309 "shed": this kernel has no tracepoints in a category shed | did you mean sched?',
	],
	[
		"tracepoint:syscall:sched_switch",
		'E0309 "syscall": this kernel has no tracepoints in a category syscall | did you mean tracepoint:sched:sched_switch?',
	],
	[
		"tracepoint:sched:sched_swich",
		'E0310 "sched_swich": this kernel has no tracepoint sched:sched_swich | did you mean sched_switch?',
	],
	[
		"tracepoint:sched:block_io_start",
		'E0310 "block_io_start": this kernel has no tracepoint sched:block_io_start | did you mean tracepoint:block:block_io_start?',
	],
	[
		"rawtracepoint:sched_swich",
		'E0311 "sched_swich": this kernel has no raw tracepoint sched_swich | did you mean sched_switch?',
	],
	[
		"rawtracepoint:ext4:sched_switch",
		'E0311 "ext4": this kernel has no raw tracepoint ext4:sched_switch | did you mean rawtracepoint:vmlinux:sched_switch?',
	],
	[
		"kprobe:vfs_raed",
		'E0313 "vfs_raed": this kernel has no traceable function vfs_raed | did you mean vfs_read?',
	],
	[
		"kprobe:ext4:vfs_read",
		'E0313 "vfs_read": this kernel has no traceable function ext4:vfs_read | vfs_read belongs to vmlinux: write kprobe:vmlinux:vfs_read',
	],
	[
		"kprobe:blk_account_io_start",
		'E0313 "blk_account_io_start": this kernel has no traceable function blk_account_io_start | this kernel has tracepoint:block:block_io_start in its place; kprobe:blk_account_io_start ?? tracepoint:block:block_io_start takes whichever there is',
	],
	[
		"kprobe:etx4:x",
		'E0314 "etx4": kernel module etx4 is not loaded | did you mean ext4?',
	],
	["kprobe:0xffff", 'E0315 "0xffff": kprobe probes go by a function'],
	[
		"kretprobe:vfs_read+4",
		'E0316 "vfs_read+4": kretprobe probes take no offset',
	],
	["kprobe:vfs_read+x", 'E0305 "vfs_read+x": x is no number for the offset'],
	[
		"uprobe:/bin/nosuch:main",
		'E0317 "/bin/nosuch": cannot find a program or library /bin/nosuch',
	],
	[
		"uprobe:libc:maloc",
		'E0318 "maloc": /lib/libc.so.6 has no function maloc | did you mean malloc?',
	],
	[
		"uprobe:/etc/hosts:main",
		'E0319 "/etc/hosts": /etc/hosts has no functions to probe',
	],
	[
		"software:page-fault",
		'E0320 "page-fault": there is no software event page-fault | did you mean page-faults?',
	],
	[
		"software:nothing-like-it",
		'E0320 "nothing-like-it": there is no software event nothing-like-it | the events are alignment-faults',
	],
	[
		"self:signal:SIGUSR9",
		'E0320 "SIGUSR9": there is no self event SIGUSR9 | did you mean SIGUSR1?',
	],
	[
		"fentry:both",
		'E0322 "both": both exists in several modules: vmlinux and ext4 | say which one: fentry:vmlinux:both',
	],
	[
		"uprobe:libc:malloc+0x8",
		'E0323 "malloc+0x8": malloc is 8 bytes long; +0x8 lies beyond its end',
	],
	["watchpoint:x:8:w", 'E0305 "x": x is no number for an address'],
	["watchpoint:0:8:w", 'E0305 "0": '],
	[
		"watchpoint:0x1000:3:w",
		'E0326 "3": a watchpoint\'s length cannot be 3 | it can be 1, 2, 4 or 8',
	],
	[
		"watchpoint:0x1000:8:ww",
		'E0326 "ww": a watchpoint\'s mode cannot be ww | it can be ',
	],
	[
		"usdt:libc:strt",
		'E0325 "strt": /lib/libc.so.6 has no USDT probe strt | did you mean start?',
	],
	["usdt:/nosuch:x", 'E0317 "/nosuch": '],
	[
		"iter:tasks",
		'E0324 "tasks": this kernel has no iterator over tasks | did you mean task?',
	],
];

test.each(wrong)("%s", (spec, said) => {
	const found = resolve(spec, machine);
	expect(found.matches).toEqual([]);
	expect(found.said).toHaveLength(1);
	expect(found.said[0]).toContain(said);
});

test.each([
	[
		"kprobe:vfs_read",
		"the nearest it has is tracepoint:syscalls:sys_enter_read",
	],
	[
		"kprobe:blk_account_io_start",
		"the nearest it has is tracepoint:block:block_io_start",
	],
	[
		"kretprobe:do_nanosleep",
		"the nearest it has is tracepoint:syscalls:sys_exit_nanosleep",
	],
	[
		"fentry:tcp_retransmit_skb",
		"the nearest it has is tracepoint:tcp:tcp_retransmit_skb",
	],
	[
		"hardware:cycles",
		"the nearest it has is software:cpu-clock, or profile:hz:99",
	],
	["kprobe:qwertz", "see what it has: kask --info"],
])("without the feature, %s names what is near", (spec, help) => {
	const functions = {
		vmlinux: [
			"vfs_read",
			"blk_account_io_start",
			"do_nanosleep",
			"tcp_retransmit_skb",
			"qwertz",
		],
	};
	const { matches, said } = resolve(spec, {
		...machine,
		functions,
		features: [],
	});
	expect(matches).toEqual([]);
	expect(said).toHaveLength(1);
	expect(said[0]).toMatch(/^E0312 /);
	expect(said[0]).toContain(help);
});

test("without BTF, what needs types says so", () => {
	for (const spec of [
		"fentry:vfs_read",
		"fexit:vfs_read",
		"rawtracepoint:sched_switch",
	])
		expect(resolve(spec, { ...machine, btf: false }).said).toEqual([
			expect.stringMatching(/^E0321 /),
		]);
});

test("where tracefs cannot be read, that alone is told", () => {
	const { matches, said } = resolve("tracepoint:sched:sched_switch", {
		...machine,
		tracepoints: null,
	});
	expect([matches, said]).toEqual([[], []]);
});

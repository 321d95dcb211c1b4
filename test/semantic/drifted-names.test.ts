// Names that older scripts use and that this machine has under another name, elsewhere, or not any more.
import { expect, test } from "vitest";
import { Diagnostics } from "../../src/base/diagnostics.ts";
import { Source } from "../../src/base/source.ts";
import { checkText } from "./check-text.ts";
import type { FakeMachine } from "./fake-environment.ts";
import { resolve } from "./resolve-probe.ts";

const place = { offset: 0x100, size: 0x40 };
const machine: FakeMachine = {
	functions: {
		vmlinux: [
			"finish_task_switch.isra.0",
			"copied.constprop.0",
			"copied.constprop.1",
			"twice.isra.0.constprop.0",
			"halved.part.0",
			"cold_one.isra.0.cold",
			"lookup_fast",
			"blk_mq_start_request",
			"vfs_read",
		],
	},
	tracepoints: { block: ["block_rq_complete"], sched: ["sched_switch"] },
	loadable: ["xfs", "nvme_core", "sch_fq", "kvm"],
	files: {
		"/lib/libpthread.so.0": { old: place },
		"/lib/libc.so.6": {
			pthread_create: place,
			pthread_join: { offset: 0x200, size: 8 },
		},
		"/opt/libpthread.so.0": {},
	},
};

const probes = (spec: string) =>
	resolve(spec, machine).matches.map((m) => m.probe);
const said = (spec: string) => resolve(spec, machine).said.join("\n");

test.each([
	["kprobe:finish_task_switch", ["kprobe:finish_task_switch.isra.0"]],
	["kretprobe:finish_task_switch", ["kretprobe:finish_task_switch.isra.0"]],
	[
		"kprobe:vmlinux:finish_task_switch",
		["kprobe:vmlinux:finish_task_switch.isra.0"],
	],
	["kprobe:copied", ["kprobe:copied.constprop.0", "kprobe:copied.constprop.1"]],
	["kprobe:twice", ["kprobe:twice.isra.0.constprop.0"]],
	["kprobe:lookup_fast.constprop.*", ["kprobe:lookup_fast"]],
	["kprobe:lookup_fast.isra.0", ["kprobe:lookup_fast"]],
])("%s finds what the compiler made of it, and says so", (spec, found) => {
	expect(probes(spec)).toEqual(found);
	expect(said(spec)).toMatch(/^W0306 /);
});

test.each([
	// Only a part of the function: not all of its calls.
	"kprobe:halved",
	"kprobe:cold_one",
	// An offset would mean another instruction.
	"kprobe:finish_task_switch+8",
	"fentry:finish_task_switch",
])("%s is not taken for what it is not", (spec) => {
	expect(probes(spec)).toEqual([]);
	expect(said(spec)).toMatch(/^E0313 /);
});

test.each([
	["kprobe:blk_account_io_start", "kprobe:blk_mq_start_request"],
	["kretprobe:new_sync_read", "kretprobe:vfs_read"],
	["fentry:new_sync_read", "fentry:vfs_read"],
	["kprobe:blk_account_io_done", "tracepoint:block:block_rq_complete"],
	// A successor that this kernel has not is not offered.
	["kprobe:generic_make_request", undefined],
])("%s: told what has taken its place", (spec, successor) => {
	const text = said(spec);
	expect(text).toMatch(/^E0313 /);
	if (successor === undefined) expect(text).not.toContain("in its place");
	else expect(text).toContain(`this kernel has ${successor} in its place`);
});

test.each([
	["kprobe:xfs_file_read_iter", "modprobe xfs"],
	["kprobe:nvme_complete_rq", "modprobe nvme_core"],
	["kprobe:fq_enqueue", "modprobe sch_fq"],
	["tracepoint:kvm:kvm_exit", "modprobe kvm"],
])("%s: told which module may have it", (spec, help) => {
	expect(said(spec)).toContain(help);
});

test("functions of libraries that libc has taken in are found there", () => {
	expect(probes("uprobe:/lib/libpthread.so.0:pthread_create")).toEqual([
		"uprobe:/lib/libc.so.6:pthread_create",
	]);
	expect(said("uprobe:/lib/libpthread.so.0:pthread_create")).toMatch(/^W0305 /);
	expect(probes("uretprobe:/lib/libpthread.so.0:pthread_*")).toHaveLength(2);
	expect(probes("uprobe:/lib/libpthread.so.0:old")).toEqual([
		"uprobe:/lib/libpthread.so.0:old",
	]);
	expect(said("uprobe:/lib/libpthread.so.0:pthread_craete")).toContain(
		"did you mean pthread_create?",
	);
	expect(said("uprobe:/opt/libpthread.so.0:pthread_create")).toMatch(/^E0318 /);
});

test.each([
	["kprobe:kfree_skb", ["kprobe:kfree_skb_reason"]],
	["fentry:kfree_skb", ["fentry:vmlinux:kfree_skb_reason"]],
	// Named both ways it is probed once.
	["kprobe:kfree_skb, kprobe:kfree_skb_reason", ["kprobe:kfree_skb_reason"]],
	[
		"kprobe:finish_task_switch, kprobe:finish_task_switch.isra.*",
		["kprobe:finish_task_switch.isra.0"],
	],
	// Alternatives are the script's own answer.
	[
		"kprobe:kfree_skb ?? tracepoint:sched:sched_switch",
		["tracepoint:sched:sched_switch"],
	],
])("%s: a new name is taken for an old one", (specs, attached) => {
	const source = new Source("script.bt", `${specs} { @ = count(); }`);
	const checked = checkText(source, new Diagnostics());
	const programs = checked?.script.programs ?? [];
	expect(programs.flatMap((p) => p.attach.map((a) => a.probe))).toEqual(
		attached,
	);
});

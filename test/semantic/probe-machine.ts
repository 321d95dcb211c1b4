// The machine whose probes are resolved in tests, and what comes out of it.
import { expect } from "vitest";
import type { FakeMachine } from "./fake-environment.ts";
import { resolve } from "./resolve-probe.ts";

export const machine: FakeMachine = {
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

/** Of all places that a spec matches. */
export const names = (spec: string, more: FakeMachine = {}) =>
	resolve(spec, { ...machine, ...more }).matches.map((m) => m.probe);
/** The one place that a spec matches, without a complaint. */
export const only = (spec: string, more: FakeMachine = {}) => {
	const { matches, said } = resolve(spec, { ...machine, ...more });
	expect(said).toEqual([]);
	expect(matches).toHaveLength(1);
	return matches[0];
};

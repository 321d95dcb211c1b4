// A machine that is the same wherever the tests run: a small kernel with BTF of its own, a few tracepoints and files.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ProbeEnvironment } from "../../src/probes/definition.ts";
import { btfSource } from "../../src/types/btf-reader.ts";
import { readTracepointFormat } from "../../src/types/tracepoint-format.ts";
import type { KernelTypeSource } from "../../src/types/type-source.ts";
import type { StructBody } from "../../src/types/types.ts";
import { btfOf } from "./clang-btf.ts";
import { fakeEnvironment } from "./fake-environment.ts";

const kernelFunctions = [
	"vfs_read",
	"vfs_write",
	"tcp_connect",
	"blk_account_io_start",
	"do_nanosleep",
];

/** Fields of tracepoints as the kernel's format files give them: declaration, offset and size in bytes, signed. */
type Field = readonly [string, number, number, 0 | 1];

const syscallNumber: Field = ["int __syscall_nr", 8, 4, 1];
const formats: Readonly<Record<string, Readonly<Record<string, Field[]>>>> = {
	syscalls: {
		sys_enter_read: [
			syscallNumber,
			["unsigned int fd", 16, 8, 0],
			["char * buf", 24, 8, 0],
			["size_t count", 32, 8, 0],
		],
		sys_exit_read: [syscallNumber, ["long ret", 16, 8, 1]],
		sys_enter_openat: [
			syscallNumber,
			["int dfd", 16, 8, 0],
			["const char * filename", 24, 8, 0],
			["int flags", 32, 8, 0],
			["umode_t mode", 40, 8, 0],
		],
		sys_exit_openat: [syscallNumber, ["long ret", 16, 8, 1]],
		sys_enter_nanosleep: [syscallNumber],
	},
	sched: {
		sched_switch: [
			["char prev_comm[16]", 8, 16, 0],
			["pid_t prev_pid", 24, 4, 1],
			["long prev_state", 32, 8, 1],
			["char next_comm[16]", 40, 16, 0],
			["pid_t next_pid", 56, 4, 1],
		],
		sched_wakeup: [
			["char comm[16]", 8, 16, 0],
			["pid_t pid", 24, 4, 1],
		],
		sched_process_exec: [
			["__data_loc char[] filename", 8, 4, 0],
			["pid_t pid", 12, 4, 1],
		],
	},
	block: {
		block_io_start: [
			["dev_t dev", 8, 4, 0],
			["sector_t sector", 16, 8, 0],
			["unsigned int bytes", 24, 4, 0],
			["char rwbs[8]", 28, 8, 0],
		],
		block_io_done: [
			["dev_t dev", 8, 4, 0],
			["sector_t sector", 16, 8, 0],
		],
	},
};

let types: KernelTypeSource | undefined;

function kernelTypes(): KernelTypeSource {
	const code = join(import.meta.dirname, "small-kernel.c");
	types ??= btfSource(btfOf(readFileSync(code, "utf8")), { origin: "kernel" });
	return types;
}

function format(category: string, event: string): StructBody | undefined {
	const fields = formats[category]?.[event];
	const text = fields?.map(
		([declaration, offset, size, signed]) =>
			`\tfield:${declaration};\toffset:${offset};\tsize:${size};\tsigned:${signed};`,
	);
	return text && readTracepointFormat(category, event, text.join("\n"), types);
}

const spans = { offset: 0x1000, size: 64 };

/** `without`: features that this kernel lacks, as rows of `kask --info` name them; `btf` for its type information. */
export function smallMachine(
	without: readonly string[] = [],
): ProbeEnvironment {
	const btf = !without.includes("btf");
	const environment = fakeEnvironment({
		btf,
		tracepoints: Object.fromEntries(
			Object.entries(formats).map(([c, events]) => [c, Object.keys(events)]),
		),
		rawTracepoints: ["sched_switch", "sched_wakeup"],
		functions: {
			vmlinux: [
				...kernelFunctions,
				"shared",
				"finish_task_switch.isra.0",
				"kfree_skb_reason",
			],
			ext4: ["ext4_sync_file", "shared"],
		},
		files: {
			"/usr/bin/app": {
				main: spans,
				work: spans,
				_init: { offset: 0x2000, size: 0 },
			},
			"/lib/libc.so.6": { malloc: spans, free: spans, pthread_create: spans },
			"/lib/libpthread.so.0": {},
			"/etc/hosts": null,
		},
		lines: { "/usr/bin/app": { "app.c:3": 0x400020 } },
		usdt: {
			"/usr/bin/app": [
				{
					provider: "app",
					name: "start",
					offset: 1,
					semaphore: 0,
					arguments: "-4@%edi 8@%rsi",
				},
			],
		},
		iterators: ["task", "task_file"],
	});
	if (!btf) return environment;
	const types = kernelTypes();
	return {
		...environment,
		has: (feature) => !without.includes(feature),
		kernelTypes: types,
		kernelSignature: (name, module) =>
			types.func(name) ?? environment.kernelSignature(name, module),
		tracepointFormat: format,
		machine: {
			...environment.machine,
			hasKernelSymbol: (name) => [...kernelFunctions, "jiffies"].includes(name),
		},
	};
}

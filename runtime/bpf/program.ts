// bpf(2) on programs: loading small ones, running and pinning, statistics. Results below zero are -errno.

import type { Memory } from "../ffi/ffi.ts";
import type { Libc } from "../ffi/libc.ts";
import { attr, Command } from "./command.ts";

/** `enum bpf_prog_type`, the ones in use. */
export const ProgramType = {
	kprobe: 2,
	tracepoint: 5,
	perfEvent: 7,
	rawTracepoint: 17,
	tracing: 26,
} as const;

export interface ProgramShape {
	readonly type: number;
	readonly expectedAttachType?: number;
	readonly attachBtfId?: number;
	/** Eight bytes each. */
	readonly instructions: Memory;
	/** Filled with the verifier's log, NUL-terminated. */
	readonly log?: Memory;
}

export function loadProgram(libc: Libc, shape: ProgramShape): number {
	const a = attr(libc)
		.u32(0, shape.type)
		.u32(4, shape.instructions.bytes.length / 8)
		.pointer(8, shape.instructions)
		.string(16, "GPL")
		.u32(68, shape.expectedAttachType ?? 0)
		.u32(108, shape.attachBtfId ?? 0);
	if (shape.log)
		a.u32(24, 1).u32(28, shape.log.bytes.length).pointer(32, shape.log);
	return libc.bpf(Command.programLoad, a);
}

export function pinObject(libc: Libc, fd: number, path: string): number {
	return libc.bpf(Command.objectPin, attr(libc).string(0, path).u32(8, fd));
}

/** Runs a raw tracepoint program once, here and now, with `args` as its context; kernels since 5.10. Gives what it returns. */
export function runProgram(libc: Libc, program: number, args: Memory): number {
	const a = attr(libc)
		.u32(0, program)
		.u32(40, args.bytes.length)
		.pointer(48, args);
	const status = libc.bpf(Command.programRun, a);
	return status < 0 ? status : a.memory.view.getUint32(4, true);
}

/** Switches run-time statistics of programs on for as long as the returned file descriptor is open. */
export function enableStats(libc: Libc): number {
	return libc.bpf(Command.enableStats, attr(libc));
}

export interface ProgramStats {
	readonly runs: number;
	readonly nanoseconds: number;
	/** Runs the kernel left out because the program was already running on that CPU. */
	readonly missed: number;
}

/** What of a program only the kernel knows. */
export interface ProgramSizes {
	/** Instructions after the verifier's own changes. */
	readonly instructions: number;
	/** Bytes; 0 where there is none, or it may not be seen. */
	readonly machineCode: number;
}

export function readProgramSizes(
	libc: Libc,
	program: number,
): ProgramSizes | undefined {
	const info = readProgramInfo(libc, program);
	if (!info) return undefined;
	const u32 = (offset: number) => info.view.getUint32(offset, true);
	return { instructions: u32(20) / 8, machineCode: u32(16) };
}

/** `struct bpf_prog_info`, whose arrays are asked for by their addresses and lengths. */
export function readProgramInfo(
	libc: Libc,
	program: number,
	ask: (info: Memory) => void = () => {},
): Memory | undefined {
	const info = libc.ffi.allocate(232);
	ask(info);
	const a = attr(libc)
		.u32(0, program)
		.u32(4, info.bytes.length)
		.pointer(8, info);
	return libc.bpf(Command.objectInfo, a) < 0 ? undefined : info;
}

/** Counted since statistics were switched on; undefined when the kernel does not tell. */
export function readProgramStats(
	libc: Libc,
	program: number,
): ProgramStats | undefined {
	const info = readProgramInfo(libc, program);
	if (!info) return undefined;
	const u64 = (offset: number) => Number(info.view.getBigUint64(offset, true));
	return { nanoseconds: u64(192), runs: u64(200), missed: u64(208) };
}

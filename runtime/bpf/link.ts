// bpf(2) on links: what keeps a program attached, until it is closed. Results are file descriptors, or -errno.

import type { Libc } from "../ffi/libc.ts";
import type { Attr } from "./attr.ts";
import { attr, Command } from "./command.ts";

/** `enum bpf_attach_type`, the ones in use. */
export const AttachType = {
	rawTp: 23,
	fentry: 24,
	fexit: 25,
	iterator: 28,
	perfEvent: 41,
	kprobeMulti: 42,
	uprobeMulti: 48,
	kprobeSession: 56,
} as const;

/** `cookie` needs a kernel since 6.10. */
export function openRawTracepoint(
	libc: Libc,
	program: number,
	name: string | undefined,
	cookie = 0,
): number {
	const a = attr(libc).u32(8, program).u64(16, cookie);
	if (name !== undefined) a.string(0, name);
	return libc.bpf(Command.rawTracepointOpen, a);
}

/** The head common to all links; what follows depends on the attach type. */
function link(
	libc: Libc,
	program: number,
	target: number,
	attachType: number,
): Attr {
	return attr(libc).u32(0, program).u32(4, target).u32(8, attachType);
}

export function linkPerfEvent(
	libc: Libc,
	program: number,
	event: number,
	cookie: number,
): number {
	return libc.bpf(
		Command.linkCreate,
		link(libc, program, event, AttachType.perfEvent).u64(16, cookie),
	);
}

export function linkTracing(
	libc: Libc,
	program: number,
	attachType: number,
	cookie: number,
): number {
	return libc.bpf(
		Command.linkCreate,
		link(libc, program, 0, attachType).u64(24, cookie),
	);
}

export function linkIterator(libc: Libc, program: number): number {
	return libc.bpf(
		Command.linkCreate,
		link(libc, program, 0, AttachType.iterator),
	);
}

export interface KprobeMulti {
	readonly functions: readonly string[];
	readonly cookies?: readonly number[] | undefined;
	readonly ret: boolean;
	/** One program at entry and return. */
	readonly session?: boolean;
}

export function linkKprobeMulti(
	libc: Libc,
	program: number,
	multi: KprobeMulti,
): number {
	const type = multi.session
		? AttachType.kprobeSession
		: AttachType.kprobeMulti;
	const a = link(libc, program, 0, type)
		.u32(16, multi.ret ? 1 : 0)
		.u32(20, multi.functions.length)
		.strings(24, multi.functions);
	if (multi.cookies) a.u64s(40, multi.cookies);
	return libc.bpf(Command.linkCreate, a);
}

export interface UprobeMulti {
	readonly path: string;
	/** File offsets. */
	readonly offsets: readonly number[];
	readonly semaphores?: readonly number[] | undefined;
	readonly cookies?: readonly number[] | undefined;
	readonly ret: boolean;
	/** 0 for all processes. */
	readonly pid: number;
}

export function linkUprobeMulti(
	libc: Libc,
	program: number,
	multi: UprobeMulti,
): number {
	const a = link(libc, program, 0, AttachType.uprobeMulti)
		.string(16, multi.path)
		.u64s(24, multi.offsets)
		.u32(48, multi.offsets.length)
		.u32(52, multi.ret ? 1 : 0)
		.u32(56, multi.pid);
	if (multi.semaphores) a.u64s(32, multi.semaphores);
	if (multi.cookies) a.u64s(40, multi.cookies);
	return libc.bpf(Command.linkCreate, a);
}

/** A file descriptor to read the iterator's output from. */
export function createIterator(libc: Libc, linkFd: number): number {
	return libc.bpf(Command.iteratorCreate, attr(libc).u32(0, linkFd));
}

// bpf(2), one function per command that the run time uses. Called directly rather than through libbpf, so that what a
// kernel offers does not depend on the age of the installed libbpf. Offsets are those of `union bpf_attr`.
// Results below zero are -errno.
import { Attr } from "./attr.ts";
import type { Memory } from "./ffi.ts";
import type { Libc } from "./libc.ts";

const Command = {
	mapCreate: 0,
	mapLookup: 1,
	mapUpdate: 2,
	mapDelete: 3,
	mapNextKey: 4,
	programLoad: 5,
	objectPin: 6,
	programRun: 10,
	objectInfo: 15,
	rawTracepointOpen: 17,
	mapLookupBatch: 24,
	mapLookupAndDeleteBatch: 25,
	mapUpdateBatch: 26,
	mapDeleteBatch: 27,
	linkCreate: 28,
	enableStats: 32,
	iteratorCreate: 33,
} as const;

/** `enum bpf_map_type`, the ones in use. */
export const MapType = { hash: 1, array: 2, ringbuf: 27 } as const;

/** `enum bpf_prog_type`, the ones in use. */
export const ProgramType = {
	kprobe: 2,
	tracepoint: 5,
	perfEvent: 7,
	rawTracepoint: 17,
	tracing: 26,
} as const;

/** `enum bpf_attach_type`, the ones in use. */
export const AttachType = {
	fentry: 24,
	fexit: 25,
	iterator: 28,
	perfEvent: 41,
	kprobeMulti: 42,
	uprobeMulti: 48,
} as const;

// Longer than any command needs; kernels accept a tail of zeros.
const ATTR_BYTES = 152;

function attr(libc: Libc): Attr {
	return new Attr(libc.ffi, ATTR_BYTES);
}

export interface MapShape {
	readonly type: number;
	readonly keySize: number;
	readonly valueSize: number;
	readonly maxEntries: number;
}

export function createMap(libc: Libc, shape: MapShape): number {
	const a = attr(libc)
		.u32(0, shape.type)
		.u32(4, shape.keySize)
		.u32(8, shape.valueSize)
		.u32(12, shape.maxEntries);
	return libc.bpf(Command.mapCreate, a);
}

function element(
	libc: Libc,
	fd: number,
	key: Memory | undefined,
	value?: Memory,
): Attr {
	const a = attr(libc).u32(0, fd);
	if (key) a.pointer(8, key);
	if (value) a.pointer(16, value);
	return a;
}

export function lookupElement(
	libc: Libc,
	fd: number,
	key: Memory,
	value: Memory,
): number {
	return libc.bpf(Command.mapLookup, element(libc, fd, key, value));
}

export function updateElement(
	libc: Libc,
	fd: number,
	key: Memory,
	value: Memory,
): number {
	return libc.bpf(Command.mapUpdate, element(libc, fd, key, value));
}

export function deleteElement(libc: Libc, fd: number, key: Memory): number {
	return libc.bpf(Command.mapDelete, element(libc, fd, key));
}

/** Without `key`, the first one. -ENOENT after the last. */
export function nextKey(
	libc: Libc,
	fd: number,
	key: Memory | undefined,
	next: Memory,
): number {
	return libc.bpf(Command.mapNextKey, element(libc, fd, key, next));
}

export interface Place {
	readonly memory: Memory;
	/** Bytes into `memory`. */
	readonly offset: number;
}

export interface Batch {
	readonly fd: number;
	/** Where to go on: the `next` of the call before; absent at the start. */
	readonly from?: Memory | undefined;
	readonly next?: Memory | undefined;
	/** Where the first element lies that is to be filled or taken. */
	readonly keys: Place;
	readonly values?: Place | undefined;
	readonly count: number;
}

export interface BatchResult {
	/** 0 or -errno; a look-up ends with -ENOENT. */
	readonly status: number;
	/** Elements done, also when it failed. */
	readonly count: number;
}

function batch(libc: Libc, command: number, b: Batch): BatchResult {
	const a = attr(libc)
		.pointer(16, b.keys.memory, b.keys.offset)
		.u32(32, b.count)
		.u32(36, b.fd);
	if (b.from) a.pointer(0, b.from);
	if (b.next) a.pointer(8, b.next);
	if (b.values !== undefined) a.pointer(24, b.values.memory, b.values.offset);
	const status = libc.bpf(command, a);
	return { status, count: a.memory.view.getUint32(32, true) };
}

export function lookupBatch(libc: Libc, b: Batch): BatchResult {
	return batch(libc, Command.mapLookupBatch, b);
}

export function lookupAndDeleteBatch(libc: Libc, b: Batch): BatchResult {
	return batch(libc, Command.mapLookupAndDeleteBatch, b);
}

export function updateBatch(libc: Libc, b: Batch): BatchResult {
	return batch(libc, Command.mapUpdateBatch, b);
}

export function deleteBatch(libc: Libc, b: Batch): BatchResult {
	return batch(libc, Command.mapDeleteBatch, b);
}

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

/** Runs a raw tracepoint program once, here and now, with `args` as its context; kernels since 5.10. */
export function runProgram(libc: Libc, program: number, args: Memory): number {
	const a = attr(libc)
		.u32(0, program)
		.u32(40, args.bytes.length)
		.pointer(48, args);
	return libc.bpf(Command.programRun, a);
}

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
}

export function linkKprobeMulti(
	libc: Libc,
	program: number,
	multi: KprobeMulti,
): number {
	const a = link(libc, program, 0, AttachType.kprobeMulti)
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

/** Counted since statistics were switched on; undefined when the kernel does not tell. */
export function readProgramStats(
	libc: Libc,
	program: number,
): ProgramStats | undefined {
	const info = libc.ffi.allocate(232);
	const a = attr(libc)
		.u32(0, program)
		.u32(4, info.bytes.length)
		.pointer(8, info);
	if (libc.bpf(Command.objectInfo, a) < 0) return undefined;
	const u64 = (offset: number) => Number(info.view.getBigUint64(offset, true));
	return { nanoseconds: u64(192), runs: u64(200), missed: u64(208) };
}

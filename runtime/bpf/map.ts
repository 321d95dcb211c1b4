// bpf(2) on maps, one function per command. Results below zero are -errno.

import type { Memory } from "../ffi/ffi.ts";
import type { Libc } from "../ffi/libc.ts";
import type { Attr } from "./attr.ts";
import { attr, Command } from "./command.ts";

/** `enum bpf_map_type`, the ones in use. */
export const MapType = { hash: 1, array: 2, ringbuf: 27 } as const;

export interface MapShape {
	readonly type: number;
	readonly keySize: number;
	readonly valueSize: number;
	readonly maxEntries: number;
	/** `BPF_F_…` */
	readonly flags?: number;
}

export function createMap(libc: Libc, shape: MapShape): number {
	const a = attr(libc)
		.u32(0, shape.type)
		.u32(4, shape.keySize)
		.u32(8, shape.valueSize)
		.u32(12, shape.maxEntries)
		.u32(16, shape.flags ?? 0);
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

/** From then on the map can't be changed from user space; kernels since 5.2. */
export function freezeMap(libc: Libc, fd: number): number {
	return libc.bpf(Command.mapFreeze, attr(libc).u32(0, fd));
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

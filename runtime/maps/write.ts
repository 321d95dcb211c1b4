// Emptying and zeroing maps, and reading and writing single elements.
import {
	deleteBatch,
	deleteElement,
	lookupElement,
	type Place,
	updateBatch,
	updateElement,
} from "../bpf/map.ts";
import type { Memory } from "../ffi/ffi.ts";
import type { Libc } from "../ffi/libc.ts";
import { describeErrno, Errno, fail, type Result, succeed } from "../result.ts";
import {
	isUnsupported,
	type MapContents,
	type MapSpec,
	mapGeometry,
	readMap,
} from "./read.ts";

/** Deletes all elements; those of arrays, which can't be deleted, become zero. */
export function clearMap(
	libc: Libc,
	fd: number,
	spec: MapSpec,
): Result<undefined> {
	if (isArray(spec)) return zeroMap(libc, fd, spec);
	const contents = readMap(libc, fd, spec);
	if (!contents.ok) return contents;
	return outcome(spec, deleteKeys(libc, fd, contents.value));
}

/** Sets all values to zero and keeps the keys. */
export function zeroMap(
	libc: Libc,
	fd: number,
	spec: MapSpec,
): Result<undefined> {
	const contents = readMap(libc, fd, spec);
	if (!contents.ok) return contents;
	return outcome(spec, zeroKeys(libc, fd, contents.value));
}

/** Deletes one key; it may be gone already. */
export function deleteKey(
	libc: Libc,
	fd: number,
	spec: MapSpec,
	key: Uint8Array,
): Result<undefined> {
	const status = deleteElement(libc, fd, copy(libc, key));
	return outcome(spec, status === -Errno.ENOENT ? 0 : status);
}

/** One key's value, all CPUs' cells of it (see `mapGeometry`); undefined when there is no such key. */
export function readKey(
	libc: Libc,
	fd: number,
	spec: MapSpec,
	key: Uint8Array,
): Result<Uint8Array | undefined> {
	const value = libc.ffi.allocate(mapGeometry(spec).valueStride);
	const status = lookupElement(libc, fd, copy(libc, key), value);
	if (status === -Errno.ENOENT) return succeed(undefined);
	return status < 0 ? failMap(spec, status) : succeed(value.bytes);
}

/** Sets one key's value; `value` has the cells of all CPUs. */
export function writeKey(
	libc: Libc,
	fd: number,
	spec: MapSpec,
	key: Uint8Array,
	value: Uint8Array,
): Result<undefined> {
	return outcome(
		spec,
		updateElement(libc, fd, copy(libc, key), copy(libc, value)),
	);
}

function isArray(spec: MapSpec): boolean {
	return spec.type === "array" || spec.type === "percpu_array";
}

function outcome(spec: MapSpec, status: number): Result<undefined> {
	return status < 0 ? failMap(spec, status) : succeed(undefined);
}

function failMap(
	spec: MapSpec,
	status: number,
): { readonly ok: false } & Extract<Result<never>, { ok: false }> {
	return fail(
		"E0711",
		{ map: spec.symbol, why: describeErrno(-status) },
		-status,
	);
}

function copy(libc: Libc, bytes: Uint8Array): Memory {
	const memory = libc.ffi.allocate(bytes.length);
	memory.bytes.set(bytes);
	return memory;
}

// A batch stops at a key that is gone already; it is skipped.
function deleteKeys(
	libc: Libc,
	fd: number,
	{ keys, keySize, count }: MapContents,
): number {
	const all = copy(libc, keys);
	for (let done = 0; done < count; ) {
		const { status, count: deleted } = deleteBatch(libc, {
			fd,
			keys: { memory: all, offset: done * keySize },
			count: count - done,
		});
		if (isUnsupported(status))
			return deleteOneByOne(libc, fd, all, keySize, done);
		if (status < 0 && status !== -Errno.ENOENT) return status;
		done += deleted + (status === -Errno.ENOENT ? 1 : 0);
	}
	return 0;
}

function deleteOneByOne(
	libc: Libc,
	fd: number,
	keys: Memory,
	keySize: number,
	from: number,
): number {
	const key = libc.ffi.allocate(keySize);
	for (
		let offset = from * keySize;
		offset < keys.bytes.length;
		offset += keySize
	) {
		key.bytes.set(keys.bytes.subarray(offset, offset + keySize));
		const status = deleteElement(libc, fd, key);
		if (status < 0 && status !== -Errno.ENOENT) return status;
	}
	return 0;
}

function at(memory: Memory): Place {
	return { memory, offset: 0 };
}

function zeroKeys(
	libc: Libc,
	fd: number,
	{ keys, keySize, valueStride, count }: MapContents,
): number {
	if (count === 0) return 0;
	const all = copy(libc, keys);
	const zeros = libc.ffi.allocate(count * valueStride);
	const { status } = updateBatch(libc, {
		fd,
		keys: at(all),
		values: at(zeros),
		count,
	});
	if (!isUnsupported(status)) return status;
	const key = libc.ffi.allocate(keySize);
	const zero = libc.ffi.allocate(valueStride);
	for (let i = 0; i < count; i++) {
		key.bytes.set(keys.subarray(i * keySize, (i + 1) * keySize));
		const one = updateElement(libc, fd, key, zero);
		if (one < 0) return one;
	}
	return 0;
}

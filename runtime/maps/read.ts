// Reads whole maps: batch look-ups into one growing buffer, element by element where a kernel or a map type has none.
import type { MapPlan } from "../../src/plan.ts";
import {
	type Batch,
	type BatchResult,
	lookupAndDeleteBatch,
	lookupBatch,
	lookupElement,
	nextKey,
	type Place,
} from "../bpf/map.ts";
import type { Memory } from "../ffi/ffi.ts";
import type { Libc } from "../ffi/libc.ts";
import { possibleCpuCount } from "../machine/cpus.ts";
import {
	describeErrno,
	ENOTSUPP,
	Errno,
	fail,
	type Result,
	succeed,
} from "../result.ts";

export type MapSpec = Pick<
	MapPlan,
	"symbol" | "type" | "keySize" | "valueSize" | "maxEntries"
>;

/**
 * A map's elements as bytes: key i at `i * keySize`, its value for CPU c at `i * valueStride + c * cpuStride`.
 * Maps that are not per CPU have `cpus` 1.
 */
export interface MapContents {
	readonly count: number;
	readonly keys: Uint8Array;
	readonly values: Uint8Array;
	readonly keySize: number;
	readonly valueSize: number;
	readonly valueStride: number;
	readonly cpuStride: number;
	readonly cpus: number;
}

/** How a map's values lie in memory. */
export interface MapGeometry {
	readonly cpus: number;
	readonly cpuStride: number;
	readonly valueStride: number;
}

export function mapGeometry(
	spec: Pick<MapSpec, "type" | "valueSize">,
): MapGeometry {
	const perCpu =
		spec.type === "percpu_hash" ||
		spec.type === "lru_percpu_hash" ||
		spec.type === "percpu_array";
	const cpus = perCpu ? possibleCpuCount() : 1;
	// The kernel rounds values up to eight bytes per CPU, and only there.
	const cpuStride = perCpu ? (spec.valueSize + 7) & ~7 : spec.valueSize;
	return { cpus, cpuStride, valueStride: cpus * cpuStride };
}

const FIRST_CAPACITY = 1024;

/** Room for elements; grows by doubling, keeping what is there. */
class ElementBuffer {
	capacity: number;
	count = 0;
	keys: Memory;
	values: Memory;
	readonly #libc: Libc;
	readonly #keySize: number;
	readonly #valueStride: number;

	constructor(
		libc: Libc,
		keySize: number,
		valueStride: number,
		capacity: number,
	) {
		this.#libc = libc;
		this.#keySize = keySize;
		this.#valueStride = valueStride;
		this.capacity = capacity;
		this.keys = libc.ffi.allocate(capacity * keySize);
		this.values = libc.ffi.allocate(capacity * valueStride);
	}

	get free(): number {
		return this.capacity - this.count;
	}

	/** Where the first free element lies. */
	get next(): { readonly keys: Place; readonly values: Place } {
		return {
			keys: { memory: this.keys, offset: this.count * this.#keySize },
			values: { memory: this.values, offset: this.count * this.#valueStride },
		};
	}

	grow(): void {
		const { keys, values } = this;
		this.capacity *= 2;
		this.keys = this.#libc.ffi.allocate(this.capacity * this.#keySize);
		this.values = this.#libc.ffi.allocate(this.capacity * this.#valueStride);
		this.keys.bytes.set(keys.bytes);
		this.values.bytes.set(values.bytes);
	}

	push(key: Memory, value: Memory): void {
		if (this.free === 0) this.grow();
		this.keys.bytes.set(key.bytes, this.count * this.#keySize);
		this.values.bytes.set(value.bytes, this.count * this.#valueStride);
		this.count++;
	}
}

type BatchCall = (libc: Libc, batch: Batch) => BatchResult;

/** Everything that is in the map now. Elements added or deleted meanwhile may or may not be seen. */
export function readMap(
	libc: Libc,
	fd: number,
	spec: MapSpec,
): Result<MapContents> {
	return readWith(libc, fd, spec, lookupBatch);
}

/**
 * Reads hash maps and empties them in one go, so that nothing counted in between gets lost.
 * Fails with ENOTSUPP or EINVAL on kernels and map types that can't.
 */
export function takeMap(
	libc: Libc,
	fd: number,
	spec: MapSpec,
): Result<MapContents> {
	return readWith(libc, fd, spec, lookupAndDeleteBatch);
}

function readWith(
	libc: Libc,
	fd: number,
	spec: MapSpec,
	call: BatchCall,
): Result<MapContents> {
	const geometry = mapGeometry(spec);
	const capacity = Math.min(spec.maxEntries, FIRST_CAPACITY);
	const elements = new ElementBuffer(
		libc,
		spec.keySize,
		geometry.valueStride,
		Math.max(1, capacity),
	);
	let status = readBatches(libc, fd, spec.keySize, elements, call);
	if (isUnsupported(status) && call === lookupBatch) {
		elements.count = 0;
		status = readOneByOne(
			libc,
			fd,
			spec.keySize,
			geometry.valueStride,
			elements,
		);
	}
	if (status < 0)
		return fail(
			"E0711",
			{ map: spec.symbol, why: describeErrno(-status) },
			-status,
		);
	return succeed(describeContents(spec, geometry, elements));
}

function describeContents(
	spec: MapSpec,
	geometry: MapGeometry,
	elements: ElementBuffer,
): MapContents {
	const { count } = elements;
	return {
		count,
		keys: elements.keys.bytes.subarray(0, count * spec.keySize),
		values: elements.values.bytes.subarray(0, count * geometry.valueStride),
		keySize: spec.keySize,
		valueSize: spec.valueSize,
		...geometry,
	};
}

/** Whether -errno means that there is no such batch operation, rather than that it failed. */
export function isUnsupported(status: number): boolean {
	return (
		status === -ENOTSUPP ||
		status === -Errno.ENOTSUP ||
		status === -Errno.EINVAL
	);
}

// A hash map is read in whole buckets, so the last of the room may be too small for the next one (ENOSPC).
function readBatches(
	libc: Libc,
	fd: number,
	keySize: number,
	elements: ElementBuffer,
	call: BatchCall,
): number {
	// The kernel keeps its place in these: a bucket's number, or a key.
	const cursors = [
		libc.ffi.allocate(Math.max(8, keySize)),
		libc.ffi.allocate(Math.max(8, keySize)),
	];
	for (let round = 0; ; ) {
		if (elements.free === 0) elements.grow();
		const from = round === 0 ? undefined : cursors[round % 2];
		const next = cursors[(round + 1) % 2];
		const { status, count } = call(libc, {
			fd,
			from,
			next,
			...elements.next,
			count: elements.free,
		});
		if (status === -Errno.ENOSPC) {
			elements.grow();
			continue;
		}
		if (status < 0 && status !== -Errno.ENOENT) return status;
		elements.count += count;
		if (status === -Errno.ENOENT) return 0;
		round++;
	}
}

function readOneByOne(
	libc: Libc,
	fd: number,
	keySize: number,
	valueStride: number,
	elements: ElementBuffer,
): number {
	const keys = [
		libc.ffi.allocate(keySize),
		libc.ffi.allocate(keySize),
	] as const;
	const value = libc.ffi.allocate(valueStride);
	let last: Memory | undefined;
	for (;;) {
		const key = last === keys[0] ? keys[1] : keys[0];
		const status = nextKey(libc, fd, last, key);
		if (status === -Errno.ENOENT) return 0;
		if (status < 0) return status;
		const found = lookupElement(libc, fd, key, value);
		// Deleted in between: the walk goes on from its place all the same.
		if (found === 0) elements.push(key, value);
		else if (found !== -Errno.ENOENT) return found;
		last = key;
	}
}

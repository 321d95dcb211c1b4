// The consumer's side of a BPF ring buffer, in JavaScript: two mappings viewed as ArrayBuffers, no call per record.
//
// Layout (kernel/bpf/ringbuf.c): a page with the consumer's position, ours to write; a page with the producer's; then
// the data, mapped twice in a row, so that a record that wraps around can be read in one piece. A record is a header
// of eight bytes (u32 length with two flag bits, u32 page offset) and its bytes, rounded up to eight.

import type { Libc } from "../ffi/libc.ts";
import { describeErrno, fail, type Result, succeed } from "../result.ts";

/** Gets a record in place: it must be read, or copied, before the handler returns. */
export type RecordHandler = (
	view: DataView,
	bytes: Uint8Array,
	offset: number,
	length: number,
) => void;

const HEADER_BYTES = 8;
const BUSY = 0x8000_0000 | 0;
const DISCARDED = 0x4000_0000;

/** Bytes after which the kernel is told during a drain that there is room again: a share of the buffer. */
const RELEASE_SHARE = 8;
/** Records after which it is asked whether they are enough. */
const ASK_EVERY = 16;

// x86 lets no later load overtake an earlier one; elsewhere the header must be read with acquire semantics, so that
// the record's bytes are read after it.
const plainLoadsAreOrdered = process.arch === "x64";

export class RingBuffer {
	readonly size: number;
	readonly #libc: Libc;
	readonly #mappings: readonly Mapping[];
	readonly #consumer: BigUint64Array;
	/** Low and high half of the producer's position; positions are compared modulo 2^32. */
	readonly #producer: Uint32Array;
	readonly #headers: Int32Array;
	readonly #view: DataView;
	readonly #bytes: Uint8Array;
	/** The consumer's position, in bytes since the buffer was made. */
	#position: number;

	private constructor(
		libc: Libc,
		size: number,
		page: number,
		consumer: Mapping,
		producer: Mapping,
	) {
		this.#libc = libc;
		this.size = size;
		this.#mappings = [consumer, producer];
		const own = libc.ffi.view(consumer.address, page);
		const theirs = libc.ffi.view(producer.address, page + 2 * size);
		this.#consumer = new BigUint64Array(own, 0, 1);
		this.#producer = new Uint32Array(theirs, 0, 2);
		this.#headers = new Int32Array(theirs, page, (2 * size) / 4);
		this.#view = new DataView(theirs, page, 2 * size);
		this.#bytes = new Uint8Array(theirs, page, 2 * size);
		this.#position = Number(this.#consumer[0] ?? 0n);
	}

	/** Maps the ring buffer `mapFd` of `size` bytes. The mapping lasts until `close`. */
	static open(libc: Libc, mapFd: number, size: number): Result<RingBuffer> {
		const page = libc.call.getpagesize();
		const consumer = libc.mapShared(mapFd, page, 0, true);
		if (typeof consumer === "number")
			return fail("E0710", { why: describeErrno(-consumer) }, -consumer);
		const length = page + 2 * size;
		const producer = libc.mapShared(mapFd, length, page, false);
		if (typeof producer === "number") {
			libc.call.munmap(consumer, page);
			return fail("E0710", { why: describeErrno(-producer) }, -producer);
		}
		const own = { address: consumer, length: page };
		return succeed(
			new RingBuffer(libc, size, page, own, { address: producer, length }),
		);
	}

	/** Bytes written (or being written) and not yet consumed. */
	get pending(): number {
		return (Atomics.load(this.#producer, 0) - (this.#position >>> 0)) >>> 0;
	}

	/** Bytes consumed since the buffer was made, headers included. */
	get consumed(): number {
		return this.#position;
	}

	/**
	 * Hands over all records that are complete by now, in their order; returns how many. Records that arrive meanwhile
	 * are left for the next call. A record still being written ends it: what comes after must wait for its turn. So does
	 * `enough`, asked now and then.
	 */
	drain(onRecord: RecordHandler, enough = () => false): number {
		const end = Atomics.load(this.#producer, 0);
		const mask = this.size - 1;
		const releaseEvery = this.size / RELEASE_SHARE;
		let position = this.#position >>> 0;
		let released = position;
		let count = 0;
		try {
			while (position !== end) {
				const offset = position & mask;
				const header = this.#loadHeader(offset >> 2);
				if ((header & BUSY) !== 0) break;
				const length = header & ~(BUSY | DISCARDED);
				position = (position + ((length + HEADER_BYTES + 7) & ~7)) >>> 0;
				if ((header & DISCARDED) !== 0) continue;
				count++;
				onRecord(this.#view, this.#bytes, offset + HEADER_BYTES, length);
				if (count % ASK_EVERY === 0 && enough()) break;
				if ((position - released) >>> 0 < releaseEvery) continue;
				this.#release(position);
				released = position;
			}
		} finally {
			this.#release(position);
		}
		return count;
	}

	/** Unmaps; the buffer must not be drained after it. */
	close(): void {
		for (const { address, length } of this.#mappings)
			this.#libc.call.munmap(address, length);
	}

	#loadHeader(index: number): number {
		return plainLoadsAreOrdered
			? (this.#headers[index] ?? BUSY)
			: Atomics.load(this.#headers, index);
	}

	/** Gives the room before `position` (low 32 bits) back to the kernel. */
	#release(position: number): void {
		const step = (position - (this.#position >>> 0)) >>> 0;
		if (step === 0) return;
		this.#position += step;
		Atomics.store(this.#consumer, 0, BigInt(this.#position));
	}
}

interface Mapping {
	readonly address: bigint;
	readonly length: number;
}

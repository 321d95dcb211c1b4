// Packets from the kernel: one perf buffer per CPU, which bpf_skb_output writes into.
//
// Layout (include/uapi/linux/perf_event.h): a page whose words at 1024 and 1032 are how far the kernel has written and
// how far we have read, then the data. A record is a header (u32 type, u16 misc, u16 size) and its bytes; that of a
// sample begins with the u32 length of what the program sent, rounded up.
import { PerfType, perfAttr } from "../attach/perf-event.ts";
import { updateElement } from "../bpf/map.ts";
import type { RecordHandler } from "../bpf/ring-buffer.ts";
import type { Watcher } from "../ffi/ffi.ts";
import type { Kernel } from "../ffi/kernel.ts";
import type { Libc } from "../ffi/libc.ts";
import { readCpuList } from "../machine/cpus.ts";
import { describeErrno, Errno, fail, type Result, succeed } from "../result.ts";

/** Of each CPU; a power of two. */
const BUFFER_BYTES = 512 << 10;

const PERF_COUNT_SW_BPF_OUTPUT = 10;
const PERF_SAMPLE_RAW = 1 << 10;
const PERF_RECORD_SAMPLE = 9;
const IOC_ENABLE = 0x2400;

const HEAD_WORD = 1024 / 8;
const TAIL_WORD = 1032 / 8;
/** Before what the program sent: the record's header and the length. */
const SAMPLE_HEADER = 12;

export class PacketBuffers {
	readonly #buffers: readonly PerfBuffer[];
	readonly #watchers: readonly Watcher[];

	private constructor(kernel: Kernel, buffers: readonly PerfBuffer[]) {
		this.#buffers = buffers;
		this.#watchers = buffers.map(({ fd }) => kernel.ffi.watch(fd));
	}

	/** Makes the buffers and puts them into the map `mapFd`. */
	static open(kernel: Kernel, mapFd: number): Result<PacketBuffers> {
		const buffers: PerfBuffer[] = [];
		for (const cpu of readCpuList("online")) {
			const opened = openBuffer(kernel.libc, mapFd, cpu);
			if (typeof opened !== "number") buffers.push(opened);
			else if (opened !== -Errno.ENODEV) {
				for (const buffer of buffers) buffer.close();
				return fail("E0710", { why: describeErrno(-opened) }, -opened);
			}
		}
		return succeed(new PacketBuffers(kernel, buffers));
	}

	/** From here on packets are handed over as they come. */
	start(onRecord: RecordHandler): void {
		for (const [i, watcher] of this.#watchers.entries())
			watcher.start(() => this.#buffers[i]?.drain(onRecord));
	}

	/** Hands over what has come so far. */
	drain(onRecord: RecordHandler): void {
		for (const buffer of this.#buffers) buffer.drain(onRecord);
	}

	close(): void {
		for (const watcher of this.#watchers) {
			watcher.stop();
			watcher.close();
		}
		for (const buffer of this.#buffers) buffer.close();
	}
}

/** A negative number is an errno. */
function openBuffer(
	libc: Libc,
	mapFd: number,
	cpu: number,
): PerfBuffer | number {
	const attr = perfAttr(libc, PerfType.software, PERF_COUNT_SW_BPF_OUTPUT)
		.u64(16, 1)
		.u64(24, PERF_SAMPLE_RAW)
		.u32(48, 1);
	const fd = libc.perfEventOpen(attr, -1, cpu);
	if (fd < 0) return fd;
	const page = libc.call.getpagesize();
	const address = libc.mapShared(fd, page + BUFFER_BYTES, 0, true);
	if (typeof address === "number") {
		libc.call.close(fd);
		return address;
	}
	const buffer = new PerfBuffer(libc, fd, address, page);
	const [key, value] = [libc.ffi.allocate(4), libc.ffi.allocate(4)];
	key.view.setUint32(0, cpu, true);
	value.view.setUint32(0, fd, true);
	const put = updateElement(libc, mapFd, key, value);
	if (put >= 0 && libc.call.ioctl(fd, IOC_ENABLE, 0) === 0) return buffer;
	buffer.close();
	return put < 0 ? put : -libc.ffi.errno();
}

class PerfBuffer {
	readonly fd: number;
	readonly #libc: Libc;
	readonly #address: bigint;
	readonly #page: number;
	readonly #words: BigUint64Array;
	readonly #bytes: Uint8Array;

	constructor(libc: Libc, fd: number, address: bigint, page: number) {
		this.#libc = libc;
		this.fd = fd;
		this.#address = address;
		this.#page = page;
		const memory = libc.ffi.view(address, page + BUFFER_BYTES);
		this.#words = new BigUint64Array(memory, 0, page / 8);
		this.#bytes = new Uint8Array(memory, page, BUFFER_BYTES);
	}

	drain(onRecord: RecordHandler): void {
		const head = Atomics.load(this.#words, HEAD_WORD);
		let tail = this.#words[TAIL_WORD] ?? 0n;
		while (tail < head) {
			const header = viewOf(this.#copy(tail, SAMPLE_HEADER));
			const size = header.getUint16(6, true);
			if (header.getUint32(0, true) === PERF_RECORD_SAMPLE) {
				const length = header.getUint32(8, true);
				const record = this.#copy(tail + BigInt(SAMPLE_HEADER), length);
				onRecord(viewOf(record), record, 0, length);
			}
			tail += BigInt(size);
		}
		Atomics.store(this.#words, TAIL_WORD, tail);
	}

	close(): void {
		this.#libc.call.munmap(this.#address, this.#page + BUFFER_BYTES);
		this.#libc.call.close(this.fd);
	}

	/** Records may wrap around. */
	#copy(position: bigint, length: number): Uint8Array {
		const start = Number(position % BigInt(BUFFER_BYTES));
		const copy = new Uint8Array(length);
		const first = this.#bytes.subarray(start, start + length);
		copy.set(first);
		copy.set(this.#bytes.subarray(0, length - first.length), first.length);
		return copy;
	}
}

function viewOf({ buffer, byteOffset, length }: Uint8Array): DataView {
	return new DataView(buffer, byteOffset, length);
}

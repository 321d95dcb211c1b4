// The kernel's side of the tables. Maps inside of maps are made as they are needed, and written to as memory.
import { ROW_BYTES, unwindMaps } from "../../src/base/unwind-tables.ts";
import {
	createMap,
	deleteElement,
	MapType,
	updateElement,
} from "../bpf/map.ts";
import type { Libc } from "../ffi/libc.ts";

const BPF_F_MMAPABLE = 1 << 10;
const BPF_F_INNER_MAP = 1 << 12;

export type UnwindMap = keyof typeof unwindMaps;

export class KernelMaps {
	readonly #libc: Libc;
	readonly #fds: ReadonlyMap<string, number>;

	/** `fds`: of the loaded maps, by name in the object. */
	constructor(libc: Libc, fds: ReadonlyMap<string, number>) {
		this.#libc = libc;
		this.#fds = fds;
	}

	/** Makes an array of these values and puts it under a key. The status: 0 or -errno. */
	putArray(
		map: UnwindMap,
		key: number,
		bytes: Uint8Array,
		valueSize = ROW_BYTES,
	): number {
		const fd = createMap(this.#libc, {
			type: MapType.array,
			keySize: 4,
			valueSize,
			maxEntries: Math.max(1, bytes.length / valueSize),
			flags: BPF_F_MMAPABLE | BPF_F_INNER_MAP,
		});
		if (fd < 0) return fd;
		const written = this.#write(fd, bytes, 0);
		const status = written < 0 ? written : this.#put(map, key, fd);
		// The map that it is in keeps it.
		this.#libc.call.close(fd);
		return status;
	}

	/** Writes values from `skip` bytes on into an array that the object has. */
	write(map: UnwindMap, bytes: Uint8Array, skip: number): number {
		if (bytes.length === 0) return 0;
		return this.#write(this.#fd(map), bytes, skip);
	}

	remove(map: UnwindMap, key: number): void {
		deleteElement(this.#libc, this.#fd(map), this.#number(key));
	}

	#put(map: UnwindMap, key: number, fd: number): number {
		const [name, value] = [this.#number(key), this.#number(fd)];
		return updateElement(this.#libc, this.#fd(map), name, value);
	}

	#write(fd: number, bytes: Uint8Array, skip: number): number {
		const page = this.#libc.call.getpagesize();
		const length = Math.ceil((skip + bytes.length) / page) * page;
		const address = this.#libc.mapShared(fd, length, 0, true);
		if (typeof address === "number") return address;
		new Uint8Array(this.#libc.ffi.view(address, length)).set(bytes, skip);
		this.#libc.call.munmap(address, length);
		return 0;
	}

	#fd(map: UnwindMap): number {
		return this.#fds.get(unwindMaps[map]) ?? -1;
	}

	#number(value: number) {
		const memory = this.#libc.ffi.allocate(4);
		memory.view.setUint32(0, value, true);
		return memory;
	}
}

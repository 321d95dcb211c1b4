// Builds the byte structures that bpf(2) and perf_event_open(2) take.
import type { Ffi, Memory } from "../ffi/ffi.ts";

/** A zeroed structure with setters by offset. Memory pointed to stays referenced as long as the structure is. */
export class Attr {
	readonly memory: Memory;
	readonly #ffi: Ffi;
	readonly #pointedTo: Memory[] = [];

	constructor(ffi: Ffi, size: number) {
		this.#ffi = ffi;
		this.memory = ffi.allocate(size);
	}

	u32(offset: number, value: number): this {
		this.memory.view.setUint32(offset, value >>> 0, true);
		return this;
	}

	u64(offset: number, value: number | bigint): this {
		this.memory.view.setBigUint64(
			offset,
			BigInt.asUintN(64, BigInt(value)),
			true,
		);
		return this;
	}

	/** Points `skip` bytes into `target`. */
	pointer(offset: number, target: Memory, skip = 0): this {
		this.#pointedTo.push(target);
		return this.u64(offset, target.address + BigInt(skip));
	}

	/** Points to a NUL-terminated copy of `text`. */
	string(offset: number, text: string): this {
		return this.pointer(offset, cString(this.#ffi, text));
	}

	/** Points to an array of pointers to NUL-terminated copies. */
	strings(offset: number, texts: readonly string[]): this {
		const copies = texts.map((text) => cString(this.#ffi, text));
		this.#pointedTo.push(...copies);
		return this.u64s(
			offset,
			copies.map((copy) => copy.address),
		);
	}

	/** Points to an array of 64-bit values. */
	u64s(offset: number, values: readonly (number | bigint)[]): this {
		const array = this.#ffi.allocate(values.length * 8);
		values.forEach((value, i) => {
			array.view.setBigUint64(i * 8, BigInt.asUintN(64, BigInt(value)), true);
		});
		return this.pointer(offset, array);
	}
}

function cString(ffi: Ffi, text: string): Memory {
	const encoded = Buffer.from(text, "utf8");
	const memory = ffi.allocate(encoded.length + 1);
	memory.bytes.set(encoded);
	return memory;
}

// Reads numbers as DWARF writes them, one after the other. Past the end it reads zeros, and `ended` tells.

export class ByteReader {
	readonly #bytes: Uint8Array;
	readonly #view: DataView;
	at = 0;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	}

	get length(): number {
		return this.#bytes.length;
	}

	get ended(): boolean {
		return this.at > this.#bytes.length;
	}

	u8(): number {
		return this.#bytes[this.at++] ?? 0;
	}

	u16(): number {
		return this.u8() | (this.u8() << 8);
	}

	u32(): number {
		const at = this.#take(4);
		return at < 0 ? 0 : this.#view.getUint32(at, true);
	}

	s32(): number {
		return this.u32() | 0;
	}

	/** Exact up to 2^53. */
	u64(): number {
		const low = this.u32();
		return this.u32() * 0x1_0000_0000 + low;
	}

	s64(): number {
		const low = this.u32();
		return this.s32() * 0x1_0000_0000 + low;
	}

	/** LEB128 without a sign. */
	uleb(): number {
		let value = 0;
		for (let scale = 1; ; scale *= 128) {
			const byte = this.u8();
			value += (byte & 0x7f) * scale;
			if (byte < 0x80) return value;
		}
	}

	/** LEB128 with a sign. */
	sleb(): number {
		let value = 0;
		for (let scale = 1; ; scale *= 128) {
			const byte = this.u8();
			value += (byte & 0x7f) * scale;
			if (byte < 0x80) return (byte & 0x40) === 0 ? value : value - scale * 128;
		}
	}

	/** Bytes without a copy. */
	block(size: number): Uint8Array {
		const block = this.#bytes.subarray(this.at, this.at + size);
		this.at += size;
		return block;
	}

	/** Up to a NUL, which is taken too. */
	text(): string {
		let text = "";
		for (let c = this.u8(); c !== 0; c = this.u8())
			text += String.fromCharCode(c);
		return text;
	}

	#take(size: number): number {
		const at = this.at;
		this.at += size;
		return this.at > this.#bytes.length ? -1 : at;
	}
}

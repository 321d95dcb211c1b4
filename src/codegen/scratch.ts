// Memory of a program beyond its stack: per-CPU maps of one cell each.

/** What the kernel allows a CPU's cell of a map: PCPU_MIN_UNIT_SIZE. */
const CELL_BYTES = 32 << 10;

export interface ScratchPlace {
	/** The map, and the C local that holds its cell's address. */
	readonly map: string;
	readonly cell: string;
	readonly offset: number;
}

/** Hands out a program's scratch memory, from as many maps as it takes. */
export class Scratch {
	readonly #symbol: string;
	/** Bytes by map. */
	readonly #sizes: Map<string, number>;
	#maps = 1;
	#bytes = 0;

	constructor(symbol: string, sizes: Map<string, number>) {
		this.#symbol = symbol;
		this.#sizes = sizes;
	}

	/** Always aligned to eight bytes. */
	take(size: number): ScratchPlace {
		const rounded = Math.ceil(size / 8) * 8;
		if (this.#bytes > 0 && this.#bytes + rounded > CELL_BYTES) {
			this.#maps++;
			this.#bytes = 0;
		}
		const offset = this.#bytes;
		this.#bytes += rounded;
		const suffix = this.#maps > 1 ? `_${this.#maps}` : "";
		const map = `scratch_${this.#symbol}${suffix}`;
		this.#sizes.set(map, this.#bytes);
		return {
			map,
			cell: this.#maps > 1 ? `scratch${this.#maps}` : "scratch",
			offset,
		};
	}
}

// What a function has in locals already: keys, and numbers read from maps. A predicate and the body behind it often ask
// a map for the same thing; one look-up is enough as long as the function itself does not write the map in between.

/** Locals with what was found in a map: the number, and where it is. */
export interface KnownRead {
	readonly value: string;
	readonly cell: string;
}

export class KnownValues {
	readonly #keys = new Map<string, string>();
	/** By map, then by the key's C text. */
	readonly #reads = new Map<string, Map<string, KnownRead>>();

	/** The local that holds a key of that C type and text. */
	key(cType: string, text: string): string | undefined {
		return this.#keys.get(`${cType} ${text}`);
	}

	rememberKey(cType: string, text: string, local: string): void {
		if (isLasting(text)) this.#keys.set(`${cType} ${text}`, local);
	}

	/** What is known of what the map has under the key; `keyText` is the key's address. */
	read(map: string, keyText: string): KnownRead | undefined {
		return this.#reads.get(map)?.get(keyText);
	}

	rememberRead(map: string, keyText: string, read: KnownRead): void {
		const lasting =
			keyText === noKey ||
			[...this.#keys.values()].some((key) => keyText === `&${key}`);
		if (!lasting) return;
		const reads = this.#reads.get(map) ?? new Map<string, KnownRead>();
		reads.set(keyText, read);
		this.#reads.set(map, reads);
	}

	/** After a write to the map. */
	forgetReads(map: string): void {
		this.#reads.delete(map);
	}

	/** Where maps may be written out of order: loops, calls. */
	forgetAllReads(): void {
		this.#reads.clear();
	}
}

/** The key of maps that have none. */
export const noKey = "&(u32){ 0 }";

/** True for text that means the same until the function ends: no variable of the script, nothing in scratch memory. */
function isLasting(text: string): boolean {
	return !/\bv_|\bscratch\d*\b|\bcaptured\b|->/.test(text);
}

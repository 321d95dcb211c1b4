// A map that holds so many entries and no more; the one unused for longest makes room.

export class BoundedMap<K, V> {
	readonly #entries = new Map<K, V>();
	readonly #capacity: number;
	readonly #onEvict: (value: V) => void;

	constructor(capacity: number, onEvict: (value: V) => void = () => {}) {
		this.#capacity = capacity;
		this.#onEvict = onEvict;
	}

	get size(): number {
		return this.#entries.size;
	}

	get(key: K): V | undefined {
		const value = this.#entries.get(key);
		if (value === undefined) return undefined;
		// A Map keeps the order of insertion, so what comes first was used least recently.
		this.#entries.delete(key);
		this.#entries.set(key, value);
		return value;
	}

	set(key: K, value: V): void {
		this.#entries.delete(key);
		this.#entries.set(key, value);
		if (this.#entries.size <= this.#capacity) return;
		const oldest = this.#entries.entries().next().value;
		if (oldest === undefined) return;
		this.#entries.delete(oldest[0]);
		this.#onEvict(oldest[1]);
	}

	delete(key: K): void {
		const value = this.#entries.get(key);
		if (value === undefined) return;
		this.#entries.delete(key);
		this.#onEvict(value);
	}

	clear(): void {
		for (const value of this.#entries.values()) this.#onEvict(value);
		this.#entries.clear();
	}
}

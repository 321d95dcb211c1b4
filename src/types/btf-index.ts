// Finding BTF types by name without an index in memory. Every producer of BTF stores a string once, so a name is
// looked for in the string section (a native search, at most a millisecond) and types are then compared by number.
import { type BtfData, btfKind, stringAt } from "./btf-data.ts";

export interface BtfIndex {
	/** The first type of that name and of one of the kinds; undefined when there is none. The base comes first. */
	find(name: string, kinds: readonly number[]): number | undefined;
	/** As `find`, but never in the base. */
	findOwn(name: string, kinds: readonly number[]): number | undefined;
	/** As `find`, for a name already known by its string offset. */
	findByOffset(offset: number, kinds: readonly number[]): number | undefined;
	/** The enum that has an enumerator of that name, and its position there. */
	findEnumerator(name: string): BtfEnumerator | undefined;
	/** Names of all named types of the kinds, those of this blob only (not of its base). */
	names(kinds: readonly number[]): Iterable<string>;
	/** Where a name stands in the strings; undefined when no type can have it. */
	offsetOf(name: string): number | undefined;
	findEnumeratorByOffset(offset: number): BtfEnumerator | undefined;
}

export interface BtfEnumerator {
	readonly id: number;
	readonly position: number;
}

const indexes = new WeakMap<BtfData, BtfIndex>();

/** The index of a blob. Modules share that of their base, which remembers what it has been asked. */
export function indexBtf(btf: BtfData): BtfIndex {
	const known = indexes.get(btf);
	if (known) return known;
	const index = makeIndex(btf, btf.base && indexBtf(btf.base));
	indexes.set(btf, index);
	return index;
}

function makeIndex(btf: BtfData, base: BtfIndex | undefined): BtfIndex {
	const offsetOf = remember(
		(name: string) => base?.offsetOf(name) ?? findString(btf, name),
	);
	const findOwnByOffset = rememberTypes(btf);
	const findByOffset = (offset: number, kinds: readonly number[]) =>
		base?.findByOffset(offset, kinds) ?? findOwnByOffset(offset, kinds);
	const findEnumeratorByOffset = remember(
		(offset: number) =>
			base?.findEnumeratorByOffset(offset) ?? findEnumerator(btf, offset),
	);
	return {
		find: (name, kinds) => then(offsetOf(name), (o) => findByOffset(o, kinds)),
		findOwn: (name, kinds) =>
			then(offsetOf(name), (o) => findOwnByOffset(o, kinds)),
		findByOffset,
		findEnumerator: (name) => then(offsetOf(name), findEnumeratorByOffset),
		names: (kinds) => names(btf, kindMask(kinds)),
		offsetOf,
		findEnumeratorByOffset,
	};
}

function then<T, R>(
	value: T | undefined,
	next: (value: T) => R | undefined,
): R | undefined {
	return value === undefined ? undefined : next(value);
}

function remember<K, V>(find: (key: K) => V): (key: K) => V {
	const known = new Map<K, { readonly value: V }>();
	return (key) => {
		let found = known.get(key);
		if (found === undefined) {
			found = { value: find(key) };
			known.set(key, found);
		}
		return found.value;
	};
}

function rememberTypes(
	btf: BtfData,
): (offset: number, kinds: readonly number[]) => number | undefined {
	const byKinds = remember((mask: number) =>
		remember((offset: number) => findType(btf, offset, mask)),
	);
	return (offset, kinds) => byKinds(kindMask(kinds))(offset);
}

function kindMask(kinds: readonly number[]): number {
	let mask = 0;
	for (const kind of kinds) mask |= 1 << kind;
	return mask;
}

function findString(btf: BtfData, name: string): number | undefined {
	if (name === "") return undefined;
	const pattern = Buffer.from(`\0${name}\0`, "latin1");
	const at = btf.strings.indexOf(pattern);
	if (at >= 0) return btf.firstString + at + 1;
	// Split BTF need not begin with the empty string.
	const first = btf.strings.subarray(0, pattern.length - 1);
	return first.equals(pattern.subarray(1)) ? btf.firstString : undefined;
}

function findType(
	btf: BtfData,
	offset: number,
	mask: number,
): number | undefined {
	if (offset === 0) return undefined;
	const { words, starts } = btf;
	for (let i = 0; i < starts.length; i++) {
		const at = starts[i] ?? 0;
		if (words[at] === offset && isOneOf(mask, words[at + 1] ?? 0))
			return btf.firstId + i;
	}
	return undefined;
}

function isOneOf(mask: number, info: number): boolean {
	return ((mask >>> ((info >>> 24) & 0x1f)) & 1) === 1;
}

function findEnumerator(
	btf: BtfData,
	offset: number,
): BtfEnumerator | undefined {
	const { words, starts } = btf;
	for (let i = 0; i < starts.length; i++) {
		const at = starts[i] ?? 0;
		const info = words[at + 1] ?? 0;
		const kind = (info >>> 24) & 0x1f;
		if (kind !== btfKind.enum && kind !== btfKind.enum64) continue;
		const step = kind === btfKind.enum ? 2 : 3;
		for (let position = 0; position < (info & 0xffff); position++) {
			if (words[at + 3 + position * step] === offset)
				return { id: btf.firstId + i, position };
		}
	}
	return undefined;
}

function* names(btf: BtfData, mask: number): Iterable<string> {
	const { words, starts } = btf;
	for (let i = 0; i < starts.length; i++) {
		const at = starts[i] ?? 0;
		const name = words[at] ?? 0;
		if (name !== 0 && (mask >>> (((words[at + 1] ?? 0) >>> 24) & 0x1f)) & 1)
			yield stringAt(btf, name);
	}
}

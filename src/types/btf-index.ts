// Finding BTF types by name without an index in memory. Every producer of BTF stores a string once, so a name is
// looked for in the string section (a native search, at most a millisecond) and types are then compared by number.
import { type BtfData, btfKind, stringAt } from "./btf-data.ts";

export interface BtfIndex {
	/** The first type of that name and of one of the kinds; undefined when there is none. */
	find(name: string, kinds: readonly number[]): number | undefined;
	/** As `find`, but never in the base. */
	findOwn(name: string, kinds: readonly number[]): number | undefined;
	/** As `find`, for a name already known by its string offset. */
	findByOffset(offset: number, kinds: readonly number[]): number | undefined;
	/** The enum that has an enumerator of that name, and its position there. */
	findEnumerator(
		name: string,
	): { readonly id: number; readonly position: number } | undefined;
	/** Names of all named types of the kinds, those of this blob only (not of its base). */
	names(kinds: readonly number[]): Iterable<string>;
}

/** An index over a blob and its base; the base's types come first. */
export function indexBtf(btf: BtfData): BtfIndex {
	const offsets = new Map<string, number>();
	const stringOffset = (name: string): number => {
		let offset = offsets.get(name);
		if (offset === undefined) {
			offset = findString(btf, name);
			offsets.set(name, offset);
		}
		return offset;
	};
	const findByOffset = (
		offset: number,
		kinds: readonly number[],
	): number | undefined =>
		offset <= 0 ? undefined : findType(btf, offset, kindMask(kinds));
	const findOwn = (
		name: string,
		kinds: readonly number[],
	): number | undefined =>
		stringOffset(name) <= 0
			? undefined
			: findOwnType(btf, stringOffset(name), kindMask(kinds));
	return {
		find: (name, kinds) => findByOffset(stringOffset(name), kinds),
		findOwn,
		findByOffset,
		findEnumerator(name) {
			const offset = stringOffset(name);
			return offset <= 0 ? undefined : findEnumerator(btf, offset);
		},
		names: (kinds) => names(btf, kindMask(kinds)),
	};
}

function kindMask(kinds: readonly number[]): number {
	let mask = 0;
	for (const kind of kinds) mask |= 1 << kind;
	return mask;
}

/** The string's offset as types name it, or -1. */
function findString(btf: BtfData, name: string): number {
	const inBase = btf.base ? findString(btf.base, name) : -1;
	if (inBase >= 0 || name === "") return inBase;
	const pattern = Buffer.from(`\0${name}\0`, "latin1");
	const at = btf.strings.indexOf(pattern);
	if (at >= 0) return btf.firstString + at + 1;
	// Split BTF need not begin with the empty string.
	const first = btf.strings
		.subarray(0, pattern.length - 1)
		.equals(pattern.subarray(1));
	return first && btf.base ? btf.firstString : -1;
}

function findType(
	btf: BtfData,
	offset: number,
	mask: number,
): number | undefined {
	const inBase = btf.base ? findType(btf.base, offset, mask) : undefined;
	return inBase ?? findOwnType(btf, offset, mask);
}

function findOwnType(
	btf: BtfData,
	offset: number,
	mask: number,
): number | undefined {
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
): { id: number; position: number } | undefined {
	const inBase = btf.base ? findEnumerator(btf.base, offset) : undefined;
	if (inBase !== undefined) return inBase;
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

// Symbols by address, without sorting: a program has a hundred thousand of them, of which a few dozen are asked for. One walk
// puts each into the bucket of its address; what lies where is found out within a bucket, when it is asked for.
import type { ElfSection } from "../../src/types/elf-sections.ts";
import { symbolType } from "../../src/types/elf-symbols.ts";

/** 32-bit words of an entry: name; type, binding, section; value; size. */
export const ENTRY_WORDS = 6;
const NO_TYPE = 0;
/** Section numbers from here on have meanings of their own: constants, common blocks. */
const RESERVED_SECTIONS = 0xff00;
const PER_BUCKET = 4;
const LARGEST_SECTION = 1 << 28;

export interface AddressIndex {
	/** The greatest address with a symbol that is not above `limit`; -1 where there is none. */
	startAtOrBelow(limit: number): number;
	/** Numbers of the symbols that start there; the last in the file comes first. */
	startingAt(start: number): Iterable<number>;
}

/** Functions, variables and labels that lie in this file, from the words of a symbol table. */
export function indexByAddress(
	words: Uint32Array,
	sections: readonly ElfSection[],
): AddressIndex {
	const { heads, next, bucketOf } = fillBuckets(words, sections);
	return {
		startAtOrBelow(limit) {
			for (let bucket = bucketOf(limit); bucket >= 0; bucket--) {
				let best = -1;
				for (let i = heads[bucket] ?? 0; i !== 0; i = next[i] ?? 0) {
					const start = startOf(words, i);
					if (start <= limit && start > best) best = start;
				}
				if (best >= 0) return best;
			}
			return -1;
		},
		*startingAt(start) {
			for (let i = heads[bucketOf(start)] ?? 0; i !== 0; i = next[i] ?? 0)
				if (startOf(words, i) === start) yield i;
		},
	};
}

/** Addresses of user space are below 2^53. BigInts would take most of the time here. */
export function startOf(words: Uint32Array, i: number): number {
	const at = i * ENTRY_WORDS;
	return (words[at + 3] ?? 0) * 2 ** 32 + (words[at + 2] ?? 0);
}

interface Buckets {
	/** The first symbol of each bucket; 0, which is none in every file, where it is empty. */
	readonly heads: Uint32Array;
	/** The symbol after each in its bucket; 0 after the last. */
	readonly next: Uint32Array;
	bucketOf(address: number): number;
}

function fillBuckets(
	words: Uint32Array,
	sections: readonly ElfSection[],
): Buckets {
	const count = Math.floor(words.length / ENTRY_WORDS);
	const heads = new Uint32Array(Math.ceil(count / PER_BUCKET) + 1);
	const next = new Uint32Array(count);
	const { base, size } = extentOf(sections);
	const last = heads.length - 1;
	const scale = last / Math.max(1, size);
	// Ascending with the address; all that lies outside goes into the first and the last.
	const bucketOf = (address: number) =>
		Math.max(0, Math.min(last, Math.floor((address - base) * scale)));
	for (let i = 1; i < count; i++) {
		if (!isPlaced(words[i * ENTRY_WORDS + 1] ?? 0)) continue;
		const bucket = bucketOf(startOf(words, i));
		next[i] = heads[bucket] ?? 0;
		heads[bucket] = i;
	}
	return { heads, next, bucketOf };
}

/** The addresses that the file's sections take up. Buckets would be of no use to code if they were spread over a huge array. */
function extentOf(sections: readonly ElfSection[]): {
	readonly base: number;
	readonly size: number;
} {
	const loaded = sections.filter(
		(s) => s.address > 0 && s.size <= LARGEST_SECTION,
	);
	const base = Math.min(...loaded.map((s) => s.address));
	const end = Math.max(...loaded.map((s) => s.address + s.size));
	return loaded.length > 0 ? { base, size: end - base } : { base: 0, size: 0 };
}

/** Whether the second word of an entry is of something that lies in a section of this file. */
function isPlaced(word: number): boolean {
	const type = word & 0xf;
	const section = word >>> 16;
	return (
		(type === symbolType.function ||
			type === symbolType.object ||
			type === NO_TYPE ||
			type === symbolType.indirect) &&
		section > 0 &&
		section < RESERVED_SECTIONS
	);
}

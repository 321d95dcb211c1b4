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
/** Offsets that can be shifted. */
const MOST_BYTES = 2 ** 31 - 1;
/** One bit for each type of what lies in a section of this file. */
const PLACED_TYPES = [
	NO_TYPE,
	symbolType.object,
	symbolType.function,
	symbolType.indirect,
].reduce((bits, type) => bits | (1 << type), 0);

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

/**
 * The loop runs once a file, mostly before V8 has compiled it: so it calls nothing, and its numbers are whole and small
 * wherever addresses are.
 */
function fillBuckets(
	words: Uint32Array,
	sections: readonly ElfSection[],
): Buckets {
	const count = Math.floor(words.length / ENTRY_WORDS);
	const { base, size, shift, last } = divide(sections, count / PER_BUCKET);
	const heads = new Uint32Array(last + 1);
	const next = new Uint32Array(count);
	for (let i = 1, at = ENTRY_WORDS; i < count; i++, at += ENTRY_WORDS) {
		const info = words[at + 1] as number;
		const section = info >>> 16;
		if (section === 0 || section >= RESERVED_SECTIONS) continue;
		if (((PLACED_TYPES >>> (info & 0xf)) & 1) === 0) continue;
		const high = words[at + 3] as number;
		const offset = high * 2 ** 32 + (words[at + 2] as number) - base;
		const bucket = offset < 0 ? 0 : offset >= size ? last : offset >>> shift;
		next[i] = heads[bucket] as number;
		heads[bucket] = i;
	}
	const bucketOf = (address: number): number => {
		const offset = address - base;
		return offset < 0 ? 0 : offset >= size ? last : offset >>> shift;
	};
	return { heads, next, bucketOf };
}

interface Division {
	/** What is below it goes into the first bucket. */
	readonly base: number;
	/** What is as far from the base, or farther, goes into the last bucket. */
	readonly size: number;
	/** A bucket is `1 << shift` bytes wide. */
	readonly shift: number;
	readonly last: number;
}

/**
 * The addresses that the file's sections take up, in at least so many buckets. Buckets would be of no use to code if they were
 * spread over a huge array.
 */
function divide(sections: readonly ElfSection[], buckets: number): Division {
	const loaded = sections.filter(
		(s) => s.address > 0 && s.size <= LARGEST_SECTION,
	);
	if (loaded.length === 0) return { base: 0, size: 0, shift: 0, last: 0 };
	const base = Math.min(...loaded.map((s) => s.address));
	const end = Math.max(...loaded.map((s) => s.address + s.size));
	const size = Math.min(end - base, MOST_BYTES);
	const shift = Math.max(0, Math.floor(Math.log2(size / buckets)));
	return { base, size, shift, last: size >>> shift };
}

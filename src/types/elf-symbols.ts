// Symbols of an ELF file, kept as the file has them: bytes, and an accessor by index.
import { type ElfFile, sectionType } from "./elf-sections.ts";

export interface ElfSymbol {
	readonly name: string;
	/** Address for executables and libraries, offset into its section for object files. */
	readonly value: number;
	readonly size: number;
	/** 1 object, 2 function, 10 function chosen at run time (ifunc). */
	readonly type: number;
	/** 0 local, 1 global, 2 weak. */
	readonly binding: number;
	/** Section it lies in; 0 when it is defined elsewhere. */
	readonly section: number;
}

export const symbolType = { object: 1, function: 2, indirect: 10 } as const;

/** Words of an entry: name; type, visibility, section; value; size. */
const entryWords = 6;

/**
 * Symbols of `.symtab`, or of `.dynsym`, of one of the `types`. Names are decoded one at a time as the walk goes on,
 * since a large program has hundreds of thousands of them; with `named`, only those of that very name are.
 */
export function* elfSymbols(
	elf: ElfFile,
	table: "symbols" | "dynamicSymbols",
	types: readonly number[],
	named?: string,
): Iterable<ElfSymbol> {
	const section = elf.sections.find((s) => s.type === sectionType[table]);
	const strings = section && elf.sections[section.link];
	if (section === undefined || strings === undefined) return;
	const text = asBuffer(elf.read(strings.offset, strings.size));
	const words = asWords(elf.read(section.offset, section.size));
	const wanted = named === undefined ? undefined : placesOf(text, named);
	for (let at = entryWords; at + entryWords <= words.length; at += entryWords) {
		const info = words[at + 1] ?? 0;
		const type = info & 0xf;
		if (!types.includes(type)) continue;
		if (wanted && !wanted.has(words[at] ?? 0)) continue;
		yield {
			name: nameIn(text, words[at] ?? 0),
			value: join64(words[at + 2], words[at + 3]),
			size: join64(words[at + 4], words[at + 5]),
			type,
			binding: (info >>> 4) & 0xf,
			section: info >>> 16,
		};
	}
}

/** Where a name stands in the strings. A name may be the end of a longer one. */
function placesOf(text: Buffer, name: string): ReadonlySet<number> {
	const pattern = Buffer.from(`${name}\0`);
	const places = new Set<number>();
	for (let at = text.indexOf(pattern); at >= 0; ) {
		places.add(at);
		at = text.indexOf(pattern, at + 1);
	}
	return places;
}

function nameIn(text: Buffer, start: number): string {
	let end = start;
	while (end < text.length && text[end] !== 0) end++;
	return text.toString("utf8", start, end);
}

function asBuffer(bytes: Uint8Array): Buffer {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** 32-bit numbers; what is left at the end is cut off. */
export function asWords(bytes: Uint8Array): Uint32Array {
	const aligned = bytes.byteOffset % 4 === 0 ? bytes : Uint8Array.from(bytes);
	const count = Math.floor(aligned.length / 4);
	return new Uint32Array(aligned.buffer, aligned.byteOffset, count);
}

/** Addresses and sizes of user space stay below 2^53. */
function join64(low = 0, high = 0): number {
	return high * 0x1_0000_0000 + low;
}

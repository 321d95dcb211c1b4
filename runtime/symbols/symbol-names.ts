// Names of symbols, from a file's string section: one by one as they are asked for, as few are and the section is megabytes;
// all at once when it turns out that many are.
import type { ElfFile, ElfSection } from "../../src/types/elf-sections.ts";

/** Most names are shorter. */
const NAME_BYTES = 96;
/** So many are read one by one. */
const FEW = 512;

/** Reads the name at an offset of the section; empty where there is none. */
export type ReadName = (offset: number) => Uint8Array;

export function nameReader(elf: ElfFile, strings: ElfSection): ReadName {
	let reads = 0;
	let all: Uint8Array | undefined;
	return (offset) => {
		if (reads++ === FEW) all = elf.read(strings.offset, strings.size);
		if (all === undefined) return readOne(elf, strings, offset);
		const end = all.indexOf(0, offset);
		return all.subarray(offset, end < 0 ? all.length : end);
	};
}

function readOne(
	elf: ElfFile,
	strings: ElfSection,
	offset: number,
): Uint8Array {
	for (let size = NAME_BYTES; ; size *= 2) {
		const most = Math.max(0, Math.min(size, strings.size - offset));
		const bytes = elf.read(strings.offset + offset, most);
		const end = bytes.indexOf(0);
		if (end >= 0) return bytes.subarray(0, end);
		if (bytes.length < size) return bytes;
	}
}

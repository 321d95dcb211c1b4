// Symbols of one ELF file, kept as the file has them; names are read from the file when they are asked for.
import {
	type ElfFile,
	type ElfSection,
	sectionType,
} from "../../src/types/elf-sections.ts";
import { asWords, symbolType } from "../../src/types/elf-symbols.ts";
import {
	type AddressIndex,
	ENTRY_WORDS,
	indexByAddress,
	startOf,
} from "./address-index.ts";
import { nameReader, type ReadName } from "./symbol-names.ts";

export interface FoundSymbol {
	/** As the file has it: mangled. */
	readonly name: string;
	/** Bytes from the symbol's start. */
	readonly offset: number;
}

export interface SymbolTable {
	/** `address` as the file itself counts (before it is moved to where it was loaded). */
	find(address: number): FoundSymbol | undefined;
}

/** Symbols lie in one another at most so deep. */
const NESTED = 32;
const DOLLAR = 36;
const DOT = 46;
const UNDERSCORE = 95;

/**
 * Symbols of `.symtab`, or of `.dynsym` where a file has been stripped; undefined when the section is missing, or none in it
 * is shown. The file must stay open.
 */
export function readSymbolTable(
	elf: ElfFile,
	which: "symbols" | "dynamicSymbols",
): SymbolTable | undefined {
	const section = elf.sections.find((s) => s.type === sectionType[which]);
	const strings = section && elf.sections[section.link];
	if (section === undefined || strings === undefined) return undefined;
	const words = asWords(elf.read(section.offset, section.size));
	const table = new Table(elf.sections, words, nameReader(elf, strings));
	return table.isEmpty ? undefined : table;
}

/** One of the symbols at an address. */
interface Candidate {
	/** Its number in the table. */
	readonly entry: number;
	readonly start: number;
	readonly name: Uint8Array;
	/** Which of several symbols is shown: the smallest. */
	readonly rank: number;
}

class Table implements SymbolTable {
	readonly #sections: readonly ElfSection[];
	readonly #words: Uint32Array;
	readonly #index: AddressIndex;
	readonly #readName: ReadName;

	constructor(
		sections: readonly ElfSection[],
		words: Uint32Array,
		readName: ReadName,
	) {
		this.#sections = sections;
		this.#words = words;
		this.#index = indexByAddress(words, sections);
		this.#readName = readName;
	}

	get isEmpty(): boolean {
		for (let limit = Number.MAX_SAFE_INTEGER; limit >= 0; ) {
			const start = this.#index.startAtOrBelow(limit);
			if (start >= 0 && this.#shownAt(start) !== undefined) return false;
			limit = start - 1;
		}
		return true;
	}

	/** Labels end at the next symbol; what has a size may have other symbols inside. */
	find(address: number): FoundSymbol | undefined {
		let limit = address;
		let isNearest = true;
		for (let depth = 0; depth < NESTED; depth++) {
			const start = this.#index.startAtOrBelow(limit);
			if (start < 0) return undefined;
			if (isNearest || this.#hasSized(start, address)) {
				const found = this.#shownAt(start);
				if (found && this.#covers(found, address, isNearest))
					return { name: asText(found.name), offset: address - start };
				if (found) isNearest = false;
			}
			limit = start - 1;
		}
		return undefined;
	}

	/** Whether any symbol of those at `start`, of whatever name, holds an address by its size. */
	#hasSized(start: number, address: number): boolean {
		for (const entry of this.#index.startingAt(start))
			if (address < start + this.#sizeOf(entry)) return true;
		return false;
	}

	#covers({ entry, start }: Candidate, address: number, isNearest: boolean) {
		const size = this.#sizeOf(entry);
		if (size > 0) return address < start + size;
		return isNearest && address < start + this.#leftOfSection(entry);
	}

	#shownAt(start: number): Candidate | undefined {
		let best: Candidate | undefined;
		for (const entry of this.#index.startingAt(start)) {
			const name = this.#nameOf(entry);
			if (!isShown(name)) continue;
			const rank = this.#rank(entry, name);
			// Of equals the first in the file, which comes last here.
			if (best === undefined || rank <= best.rank)
				best = { entry, start, name, rank };
		}
		return best;
	}

	/** Sized before unsized, code before data, global before local, `read` before `__read`. */
	#rank(entry: number, name: Uint8Array): number {
		const info = this.#words[entry * ENTRY_WORDS + 1] ?? 0;
		const type = info & 0xf;
		const isCode = type === symbolType.function || type === symbolType.indirect;
		let underscores = 0;
		while (underscores < 7 && name[underscores] === UNDERSCORE) underscores++;
		return (
			(this.#sizeOf(entry) === 0 ? 128 : 0) +
			(isCode ? 0 : 64) +
			((info & 0xf0) === 0 ? 32 : 0) +
			underscores
		);
	}

	/** Bytes; 0 for labels. */
	#sizeOf(entry: number): number {
		const at = entry * ENTRY_WORDS;
		return (this.#words[at + 5] ?? 0) * 2 ** 32 + (this.#words[at + 4] ?? 0);
	}

	#leftOfSection(entry: number): number {
		const number = (this.#words[entry * ENTRY_WORDS + 1] ?? 0) >>> 16;
		const inside = this.#sections[number];
		const start = startOf(this.#words, entry);
		return inside ? inside.address + inside.size - start : 0;
	}

	#nameOf(entry: number): Uint8Array {
		return this.#readName(this.#words[entry * ENTRY_WORDS] ?? 0);
	}
}

/** Compilers' own marks (`$x`, `.L5`) are no names. */
function isShown(name: Uint8Array): boolean {
	return name.length > 0 && name[0] !== DOLLAR && name[0] !== DOT;
}

/** `memcpy@@GLIBC_2.14` is called `memcpy`. */
function asText(bytes: Uint8Array): string {
	const name = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
	const [plain = ""] = name.toString("utf8").split("@", 1);
	return plain;
}

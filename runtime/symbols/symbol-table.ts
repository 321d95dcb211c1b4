// Symbols of one ELF file, sorted by address and kept as numbers; a name becomes a string only when it is asked for.
import {
	type ElfFile,
	type ElfSection,
	sectionType,
	textAt,
} from "../../src/types/elf-sections.ts";
import { symbolType } from "../../src/types/elf-symbols.ts";
import { packedOrder } from "../packed-sort.ts";

export interface FoundSymbol {
	/** As the file has it: mangled. */
	readonly name: string;
	/** Bytes from the symbol's start. */
	readonly offset: number;
}

export interface SymbolTable {
	readonly count: number;
	/** `address` as the file itself counts (before it is moved to where it was loaded). */
	find(address: number): FoundSymbol | undefined;
}

const ENTRY_BYTES = 24;
const NO_TYPE = 0;
/** Symbols lie in one another at most so deep. */
const NESTED = 32;
/** Added to the rank of labels, which tell no size. */
const UNSIZED = 128;
/** Section numbers from here on have meanings of their own: constants, common blocks. */
const RESERVED_SECTIONS = 0xff00;
const DOLLAR = 36;
const DOT = 46;
const UNDERSCORE = 95;

/** Symbols of `.symtab`, or of `.dynsym` where a file has been stripped; undefined when the section is missing. */
export function readSymbolTable(
	elf: ElfFile,
	which: "symbols" | "dynamicSymbols",
): SymbolTable | undefined {
	const section = elf.sections.find((s) => s.type === sectionType[which]);
	const strings = section && elf.sections[section.link];
	if (section === undefined || strings === undefined) return undefined;
	const names = elf.read(strings.offset, strings.size);
	const entries = readEntries(elf, section, names);
	return entries.count === 0 ? undefined : tableOf(sortEntries(entries));
}

interface Entries {
	readonly count: number;
	readonly starts: Float64Array;
	/** Bytes; for labels what is left of their section. */
	readonly sizes: Float64Array;
	/** Offsets into `names`. */
	readonly texts: Uint32Array;
	/** Which of several symbols at one address is shown: the smallest. */
	readonly ranks: Uint8Array;
	readonly names: Uint8Array;
}

function readEntries(
	elf: ElfFile,
	section: ElfSection,
	names: Uint8Array,
): Entries {
	const bytes = elf.read(section.offset, section.size);
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const most = Math.floor(bytes.length / ENTRY_BYTES);
	const starts = new Float64Array(most);
	const sizes = new Float64Array(most);
	const texts = new Uint32Array(most);
	const ranks = new Uint8Array(most);
	let count = 0;
	for (let i = 0; i < most; i++) {
		const at = i * ENTRY_BYTES;
		const text = view.getUint32(at, true);
		if (!isShown(view, at, names[text])) continue;
		const start = word64(view, at + 8);
		const inside = elf.sections[view.getUint16(at + 6, true)];
		starts[count] = start;
		sizes[count] =
			word64(view, at + 16) ||
			(inside ? inside.address + inside.size - start : 0);
		texts[count] = text;
		ranks[count++] = rank(view, at, names, text);
	}
	return { count, starts, sizes, texts, ranks, names };
}

/** Addresses of user space are below 2^53. BigInts would take most of the time here. */
function word64(view: DataView, at: number): number {
	return view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
}

/** Functions, variables and labels that lie in this file. Compilers' own marks (`$x`, `.L5`) are none. */
function isShown(view: DataView, at: number, firstLetter = 0): boolean {
	const type = view.getUint8(at + 4) & 0xf;
	const wanted =
		type === symbolType.function ||
		type === symbolType.indirect ||
		type === symbolType.object ||
		type === NO_TYPE;
	const section = view.getUint16(at + 6, true);
	const defined = section > 0 && section < RESERVED_SECTIONS;
	const named =
		firstLetter !== 0 && firstLetter !== DOLLAR && firstLetter !== DOT;
	return wanted && defined && named;
}

/** Sized before unsized, code before data, global before local, `read` before `__read`. */
function rank(
	view: DataView,
	at: number,
	names: Uint8Array,
	text: number,
): number {
	const info = view.getUint8(at + 4);
	const type = info & 0xf;
	const isCode = type === symbolType.function || type === symbolType.indirect;
	let underscores = 0;
	while (underscores < 7 && names[text + underscores] === UNDERSCORE)
		underscores++;
	const unsized = word64(view, at + 16) === 0;
	return (
		(unsized ? UNSIZED : 0) +
		(isCode ? 0 : 64) +
		(info >>> 4 === 0 ? 32 : 0) +
		underscores
	);
}

/** By address; one symbol for each, the one of the smallest rank. Loops, as callbacks would take five times as long. */
function sortEntries(entries: Entries): Entries {
	const { starts, ranks } = entries;
	const order = orderByStart(starts.subarray(0, entries.count));
	const kept = new Uint32Array(order.length);
	let count = 0;
	for (let i = 0; i < order.length; i++) {
		const index = order[i] ?? 0;
		const last = kept[count - 1] ?? 0;
		if (count === 0 || starts[last] !== starts[index]) kept[count++] = index;
		else if ((ranks[index] ?? 0) < (ranks[last] ?? 0)) kept[count - 1] = index;
	}
	return pick(entries, kept.subarray(0, count));
}

function pick(entries: Entries, kept: Uint32Array): Entries {
	const count = kept.length;
	const starts = new Float64Array(count);
	const sizes = new Float64Array(count);
	const texts = new Uint32Array(count);
	const ranks = new Uint8Array(count);
	for (let i = 0; i < count; i++) {
		const index = kept[i] ?? 0;
		starts[i] = entries.starts[index] ?? 0;
		sizes[i] = entries.sizes[index] ?? 0;
		texts[i] = entries.texts[index] ?? 0;
		ranks[i] = entries.ranks[index] ?? 0;
	}
	return { count, starts, sizes, texts, ranks, names: entries.names };
}

function orderByStart(starts: Float64Array): Uint32Array {
	const order = packedOrder(starts);
	if (order) return order;
	const all = Uint32Array.from({ length: starts.length }, (_, i) => i);
	return all.sort((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0));
}

function tableOf(entries: Entries): SymbolTable {
	const { count, starts, texts, names } = entries;
	return {
		count,
		find(address) {
			const index = enclosing(entries, address);
			if (index < 0) return undefined;
			// `memcpy@@GLIBC_2.14` is called `memcpy`.
			const [name = ""] = textAt(names, texts[index] ?? 0).split("@", 1);
			return { name, offset: address - (starts[index] ?? 0) };
		},
	};
}

/** Index of the last of ascending `values` that is not above `wanted`; -1 when all are. */
export function lastAtOrBelow(
	values: ArrayLike<number>,
	wanted: number,
): number {
	let low = 0;
	let high = values.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((values[middle] ?? 0) <= wanted) low = middle + 1;
		else high = middle;
	}
	return low - 1;
}

/** Labels end at the next symbol; what has a size may have other symbols inside. */
function enclosing({ starts, sizes, ranks }: Entries, address: number): number {
	const last = lastAtOrBelow(starts, address);
	for (let i = last; i >= 0 && i > last - NESTED; i--) {
		const isLabel = (ranks[i] ?? 0) >= UNSIZED;
		const covers = address < (starts[i] ?? 0) + (sizes[i] ?? 0);
		if (covers && (!isLabel || i === last)) return i;
	}
	return -1;
}

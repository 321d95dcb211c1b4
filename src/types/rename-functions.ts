// Other names for the functions of a BPF object. A library's functions get a prefix, so that no name of theirs meets one
// of the script's C; and clang before 15 tells no types of functions whose names begin with an underscore.
import { type BtfData, btfKind, openBtf } from "./btf-data.ts";
import { indexBtf } from "./btf-index.ts";
import { type ElfFile, readElf } from "./elf-sections.ts";

/** `object` (ELF bytes) with `prefix` before the names; the same where it has no BTF. */
export function prefixFunctions(
	object: Uint8Array,
	names: ReadonlySet<string>,
	prefix: string,
): Uint8Array {
	const elf = readElf(object);
	const btf = elf?.sections.find(({ name }) => name === ".BTF");
	const symbols = elf?.sections.find(({ type }) => type === SYMBOLS);
	const strings = symbols && elf?.sections[symbols.link];
	if (!elf || !btf || !symbols || !strings) return object;
	const out = Buffer.from(object);
	const places = new Map<string, number>();
	const text = added(strings.size, names, prefix, places);
	const words = new DataView(out.buffer, out.byteOffset, out.length);
	const nameAt = (at: number): string => {
		const start = strings.offset + words.getUint32(at, true);
		return out.toString("latin1", start, out.indexOf(0, start));
	};
	for (let at = 0; at < symbols.size; at += SYMBOL_BYTES) {
		const place = places.get(nameAt(symbols.offset + at));
		const isFunction = (out[symbols.offset + at + 4] ?? 0) % 16 === FUNCTION;
		if (place !== undefined && isFunction)
			words.setUint32(symbols.offset + at, place, true);
	}
	const types = prefixedBtf(elf.read(btf.offset, btf.size), names, prefix);
	return withSections(out, elf, [
		[elf.sections.indexOf(strings), [sliceOf(out, strings), text]],
		[elf.sections.indexOf(btf), [types]],
	]);
}

/** `SHT_SYMTAB`, `STT_FUNC`, `sizeof(Elf64_Sym)` */
const SYMBOLS = 2;
const FUNCTION = 2;
const SYMBOL_BYTES = 24;

function sliceOf(
	bytes: Uint8Array,
	at: { readonly offset: number; readonly size: number },
): Uint8Array {
	return bytes.subarray(at.offset, at.offset + at.size);
}

/** New names as the end of a string table of `size` bytes; notes where each old name's new one begins. */
function added(
	size: number,
	names: ReadonlySet<string>,
	prefix: string,
	places: Map<string, number>,
): Uint8Array {
	let text = "";
	for (const name of names) {
		places.set(name, size + text.length);
		text += `${prefix}${name}\0`;
	}
	return Buffer.from(text, "latin1");
}

/** `struct btf_header`: lengths and places of its sections. */
const header = { bytes: 24, typeAt: 8, typeSize: 12, textAt: 16, textSize: 20 };

function prefixedBtf(
	bytes: Uint8Array,
	names: ReadonlySet<string>,
	prefix: string,
): Uint8Array {
	const opened = openBtf(bytes);
	if (!opened.ok) return bytes;
	const { btf } = opened;
	const places = new Map<string, number>();
	const text = added(btf.strings.length, names, prefix, places);
	const words = Uint32Array.from(btf.words);
	for (const [name, place] of places) {
		const word = functionWord(btf, name);
		if (word !== undefined) words[word] = place;
	}
	const head = Buffer.from(bytes.subarray(0, header.bytes));
	head.writeUInt32LE(header.bytes, 4);
	head.writeUInt32LE(0, header.typeAt);
	head.writeUInt32LE(words.byteLength, header.typeSize);
	head.writeUInt32LE(words.byteLength, header.textAt);
	head.writeUInt32LE(btf.strings.length + text.length, header.textSize);
	return Buffer.concat([head, new Uint8Array(words.buffer), btf.strings, text]);
}

/** The word of the type section that holds the function's name. */
function functionWord(btf: BtfData, name: string): number | undefined {
	const id = indexBtf(btf).findOwn(name, [btfKind.func]);
	return id === undefined ? undefined : btf.starts[id - btf.firstId];
}

type NewSection = readonly [index: number, parts: readonly Uint8Array[]];

/** Puts new contents of sections behind all that is there, and has their headers say so. */
function withSections(
	object: Buffer,
	elf: ElfFile,
	sections: readonly NewSection[],
): Uint8Array {
	const parts: Uint8Array[] = [object];
	let end = object.length;
	const headers = Number(object.readBigUInt64LE(HEADERS_AT));
	for (const [index, contents] of sections) {
		if (index < 0 || index >= elf.sections.length) continue;
		const size = contents.reduce((sum, part) => sum + part.length, 0);
		const padding = -end & 7;
		const at = headers + index * SECTION_HEADER_BYTES;
		object.writeBigUInt64LE(BigInt(end + padding), at + 24);
		object.writeBigUInt64LE(BigInt(size), at + 32);
		parts.push(Buffer.alloc(padding), ...contents);
		end += padding + size;
	}
	return Buffer.concat(parts);
}

/** `e_shoff`, and `sizeof(Elf64_Shdr)`. */
const HEADERS_AT = 40;
const SECTION_HEADER_BYTES = 64;

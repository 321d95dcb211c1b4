// Other names for what a BPF object shares with others. All that a library defines gets a prefix, so that no name of it
// meets one of the script's own C; and clang before 15 tells no types of functions that begin with an underscore.
import { type BtfData, btfKind, openBtf } from "./btf-data.ts";
import { indexBtf } from "./btf-index.ts";
import {
	type ElfFile,
	readElf,
	sectionHeaders,
	sectionType,
} from "./elf-sections.ts";

/**
 * `object` (ELF bytes) with `prefix` before those of its global symbols that are among the `names`; the same where it has no
 * BTF. Its functions become hidden: the verifier then checks them where they are called, as if they stood in the script. One
 * that all may call must be right for any argument, so that none could read what a pointer points to.
 */
export function prefixSymbols(
	object: Uint8Array,
	names: ReadonlySet<string>,
	prefix: string,
): Uint8Array {
	const elf = readElf(object);
	const btf = elf?.sections.find(({ name }) => name === ".BTF");
	const symbols = elf?.sections.find(
		({ type }) => type === sectionType.symbols,
	);
	const strings = symbols && elf?.sections[symbols.link];
	if (!elf || !btf || !symbols || !strings) return object;
	const out = Buffer.from(object);
	const texts = new NewStrings(elf.read(strings.offset, strings.size), prefix);
	for (let at = 0; at < symbols.size; at += SYMBOL_BYTES)
		renameSymbol(out, symbols.offset + at, names, texts);
	const types = prefixedBtf(elf.read(btf.offset, btf.size), names, prefix);
	return withSections(out, elf, [
		[elf.sections.indexOf(strings), [texts.old, texts.added]],
		[elf.sections.indexOf(btf), [types]],
	]);
}

/** `sizeof(Elf64_Sym)`, `STB_LOCAL`, `STT_FUNC`, `STV_HIDDEN` */
const SYMBOL_BYTES = 24;
const LOCAL = 0;
const FUNCTION = 2;
const HIDDEN = 2;

function renameSymbol(
	elf: Buffer,
	at: number,
	names: ReadonlySet<string>,
	texts: NewStrings,
): void {
	const info = elf[at + 4] ?? 0;
	const name = texts.at(elf.readUInt32LE(at));
	if (info >>> 4 === LOCAL || !names.has(name)) return;
	elf.writeUInt32LE(texts.prefixed(name), at);
	if ((info & 0xf) === FUNCTION) elf[at + 5] = HIDDEN;
}

/** A string table that grows at its end. */
class NewStrings {
	readonly old: Buffer;
	readonly #prefix: string;
	readonly #places = new Map<string, number>();
	#text = "";

	constructor(old: Uint8Array, prefix: string) {
		this.old = Buffer.from(old.buffer, old.byteOffset, old.length);
		this.#prefix = prefix;
	}

	get added(): Uint8Array {
		return Buffer.from(this.#text, "latin1");
	}

	at(offset: number): string {
		return this.old.toString("latin1", offset, this.old.indexOf(0, offset));
	}

	/** Where the name stands with its prefix. Each string stands once, as readers of BTF expect. */
	prefixed(name: string): number {
		const known = this.#places.get(name);
		if (known !== undefined) return known;
		const text = `${this.#prefix}${name}\0`;
		const found = this.old.indexOf(`\0${text}`, 0, "latin1");
		const place = found < 0 ? this.old.length + this.#text.length : found + 1;
		if (found < 0) this.#text += text;
		this.#places.set(name, place);
		return place;
	}
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
	const texts = new NewStrings(btf.strings, prefix);
	const words = Uint32Array.from(btf.words);
	for (const name of names)
		for (const at of wordsNaming(btf, name)) words[at] = texts.prefixed(name);
	const { added } = texts;
	const head = Buffer.from(bytes.subarray(0, header.bytes));
	head.writeUInt32LE(header.bytes, 4);
	head.writeUInt32LE(0, header.typeAt);
	head.writeUInt32LE(words.byteLength, header.typeSize);
	head.writeUInt32LE(words.byteLength, header.textAt);
	head.writeUInt32LE(btf.strings.length + added.length, header.textSize);
	const types = new Uint8Array(words.buffer);
	return Buffer.concat([head, types, btf.strings, added]);
}

/** The words of the type section that hold the name of the function or variable. */
function* wordsNaming(btf: BtfData, name: string): Iterable<number> {
	for (const kind of [btfKind.func, btfKind.variable]) {
		const id = indexBtf(btf).findOwn(name, [kind]);
		const at = id === undefined ? undefined : btf.starts[id - btf.firstId];
		if (at !== undefined) yield at;
	}
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
	const headers = Number(object.readBigUInt64LE(sectionHeaders.placeAt));
	for (const [index, contents] of sections) {
		if (index < 0 || index >= elf.sections.length) continue;
		const size = contents.reduce((sum, part) => sum + part.length, 0);
		const padding = -end & 7;
		const at = headers + index * sectionHeaders.bytes;
		object.writeBigUInt64LE(BigInt(end + padding), at + 24);
		object.writeBigUInt64LE(BigInt(size), at + 32);
		parts.push(Buffer.alloc(padding), ...contents);
		end += padding + size;
	}
	return Buffer.concat(parts);
}

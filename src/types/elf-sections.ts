// 64-bit little-endian ELF: header, sections, segments and symbol names. Nothing is copied: all are views of the file.

export interface ElfSection {
	readonly name: string;
	readonly type: number;
	/** Address in memory, 0 when it is not loaded. */
	readonly address: number;
	/** Bytes from the start of the file. */
	readonly offset: number;
	readonly size: number;
	/** Index of the section it refers to (a symbol table's strings). */
	readonly link: number;
	readonly entrySize: number;
}

export interface ElfSegment {
	readonly type: number;
	readonly flags: number;
	readonly offset: number;
	readonly address: number;
	readonly fileSize: number;
}

/** Reads `size` bytes at `offset` of a file; fewer at its end. */
export type ReadAt = (offset: number, size: number) => Uint8Array;

export interface ElfFile {
	readonly read: ReadAt;
	/** 1 relocatable, 2 executable, 3 shared object or position-independent executable. */
	readonly type: number;
	readonly machine: number;
	readonly entry: number;
	readonly sections: readonly ElfSection[];
	readonly segments: readonly ElfSegment[];
}

export const sectionType = {
	symbols: 2,
	notes: 7,
	noBits: 8,
	dynamicSymbols: 11,
} as const;
/** Where a file says at which byte its sections' headers begin (`e_shoff`), and how long each is (`sizeof(Elf64_Shdr)`). */
export const sectionHeaders = { placeAt: 40, bytes: 64 } as const;
export const segmentFlag = { execute: 1 } as const;
export const segmentType = { load: 1, note: 4 } as const;

/** ELF bytes in memory. */
export function readElf(bytes: Uint8Array): ElfFile | undefined {
	return readElfAt((offset, size) => bytes.subarray(offset, offset + size));
}

/** ELF read piece by piece; undefined for anything but a 64-bit little-endian ELF file. */
export function readElfAt(read: ReadAt): ElfFile | undefined {
	const head = viewOf(read(0, 64));
	if (head.byteLength < 64 || head.getUint32(0, false) !== 0x7f454c46)
		return undefined;
	if (head.getUint8(4) !== 2 || head.getUint8(5) !== 1) return undefined;
	return {
		read,
		type: head.getUint16(16, true),
		machine: head.getUint16(18, true),
		entry: word64(head, 24),
		segments: readSegments(
			read,
			word64(head, 32),
			head.getUint16(54, true),
			head.getUint16(56, true),
		),
		sections: readSections(read, head),
	};
}

function viewOf(bytes: Uint8Array): DataView {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Offsets and addresses of user space are below 2^53. */
function word64(view: DataView, at: number): number {
	return (
		view.getUint32(at + 4, true) * 0x1_0000_0000 + view.getUint32(at, true)
	);
}

function readSegments(
	read: ReadAt,
	offset: number,
	size: number,
	count: number,
): ElfSegment[] {
	const view = viewOf(read(offset, size * count));
	const segments: ElfSegment[] = [];
	for (let at = 0; at + 56 <= view.byteLength; at += size) {
		segments.push({
			type: view.getUint32(at, true),
			flags: view.getUint32(at + 4, true),
			offset: word64(view, at + 8),
			address: word64(view, at + 16),
			fileSize: word64(view, at + 32),
		});
	}
	return segments;
}

function readSections(read: ReadAt, head: DataView): ElfSection[] {
	const size = head.getUint16(58, true);
	const view = viewOf(read(word64(head, 40), size * head.getUint16(60, true)));
	const named: {
		readonly name: number;
		readonly section: Omit<ElfSection, "name">;
	}[] = [];
	for (let at = 0; size >= 64 && at + size <= view.byteLength; at += size) {
		const section = {
			type: view.getUint32(at + 4, true),
			address: word64(view, at + 16),
			offset: word64(view, at + 24),
			size: word64(view, at + 32),
			link: view.getUint32(at + 40, true),
			entrySize: word64(view, at + 56),
		};
		named.push({ name: view.getUint32(at, true), section });
	}
	const strings = named[head.getUint16(62, true)]?.section;
	const text = strings ? read(strings.offset, strings.size) : new Uint8Array();
	return named.map((s) => ({ name: textAt(text, s.name), ...s.section }));
}

/** NUL-terminated text in a string section. */
export function textAt(strings: Uint8Array, offset: number): string {
	const end = strings.indexOf(0, offset);
	const bytes = strings.subarray(offset, end < 0 ? strings.length : end);
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString(
		"utf8",
	);
}

/** The bytes of a section by name; undefined when there is none, or none of its bytes are in the file. */
export function sectionBytes(
	elf: ElfFile,
	name: string,
): Uint8Array | undefined {
	const section = elf.sections.find((s) => s.name === name);
	if (section === undefined || section.type === sectionType.noBits)
		return undefined;
	return elf.read(section.offset, section.size);
}

// Symbols of an ELF file, kept as the file has them: bytes, and an accessor by index.
import { type ElfFile, sectionType, textAt } from "./elf-sections.ts";

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

const entrySize = 24;

/** All symbols of `.symtab`, or of `.dynsym`. Names are decoded one at a time as the walk goes on. */
export function* elfSymbols(
	elf: ElfFile,
	table: "symbols" | "dynamicSymbols",
): Iterable<ElfSymbol> {
	const section = elf.sections.find((s) => s.type === sectionType[table]);
	const strings = section && elf.sections[section.link];
	if (section === undefined || strings === undefined) return;
	const text = elf.read(strings.offset, strings.size);
	const bytes = elf.read(section.offset, section.size);
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	for (let at = entrySize; at + entrySize <= bytes.length; at += entrySize) {
		const info = view.getUint8(at + 4);
		yield {
			name: textAt(text, view.getUint32(at, true)),
			value: Number(view.getBigUint64(at + 8, true)),
			size: Number(view.getBigUint64(at + 16, true)),
			type: info & 0xf,
			binding: info >>> 4,
			section: view.getUint16(at + 6, true),
		};
	}
}

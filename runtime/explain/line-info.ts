// Which line of which file each instruction of an object comes from, as clang has noted it in `.BTF.ext`
// (Documentation/bpf/btf.rst, "struct bpf_line_info").
import { openBtf } from "../../src/types/btf-data.ts";
import {
	type ElfFile,
	sectionBytes,
	textAt,
} from "../../src/types/elf-sections.ts";

export interface LineOrigin {
	readonly file: string;
	/** 1-based; 0 for instructions that belong to no line. */
	readonly line: number;
}

/** By section, then by the number of the instruction at which a line's code begins, ascending. */
export type LineTable = ReadonlyMap<string, ReadonlyMap<number, LineOrigin>>;

/** Empty where the object has none. */
export function readLineTable(elf: ElfFile): LineTable {
	const found = new Map<string, Map<number, LineOrigin>>();
	const types = sectionBytes(elf, ".BTF");
	const bytes = sectionBytes(elf, ".BTF.ext");
	const btf = types && openBtf(types);
	if (!btf?.ok || bytes === undefined || bytes.length < 24) return found;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const u32 = (at: number) => view.getUint32(at, true);
	const name = (at: number) => textAt(btf.btf.strings, at);
	const start = u32(4) + u32(16);
	const end = start + u32(20);
	const recordBytes = u32(start);
	for (let at = start + 4; at + 8 <= end; ) {
		const lines = new Map<number, LineOrigin>();
		found.set(name(u32(at)), lines);
		const count = u32(at + 4);
		at += 8;
		for (let i = 0; i < count; i++, at += recordBytes) {
			const origin = { file: name(u32(at + 4)), line: u32(at + 12) >>> 10 };
			lines.set(u32(at) / 8, origin);
		}
	}
	return found;
}

// USDT probes of an ELF file: each leaves a note in `.note.stapsdt` that says where it stands and where its arguments are.
import { fileOffsetOf } from "./elf-image.ts";
import { type ElfFile, sectionBytes, textAt } from "./elf-sections.ts";

export interface UsdtNote {
	readonly provider: string;
	readonly name: string;
	/** File offset in bytes. */
	readonly offset: number;
	/** File offset of the counter that switches the probe on; 0 for none. */
	readonly semaphore: number;
	/** As the compiler wrote them: `-4@%edi 8@-16(%rbp)`. */
	readonly arguments: string;
}

const noteType = 3;
const owner = "stapsdt";

export function* readUsdtNotes(elf: ElfFile): Iterable<UsdtNote> {
	const bytes = sectionBytes(elf, ".note.stapsdt");
	if (bytes === undefined) return;
	// Addresses are as first linked; prelinking moves them together with this section.
	const base = elf.sections.find((s) => s.name === ".stapsdt.base")?.address;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	for (let at = 0; at + 12 <= bytes.length; ) {
		const nameSize = view.getUint32(at, true);
		const dataSize = view.getUint32(at + 4, true);
		const data = at + 12 + align4(nameSize);
		const end = data + dataSize;
		if (end > bytes.length) return;
		const isOurs =
			view.getUint32(at + 8, true) === noteType &&
			textAt(bytes, at + 12) === owner;
		const note = isOurs
			? readNote(elf, bytes.subarray(data, end), base)
			: undefined;
		if (note) yield note;
		at = data + align4(dataSize);
	}
}

function align4(size: number): number {
	return (size + 3) & ~3;
}

/** Three addresses (probe, base, semaphore), then provider, name and arguments, each NUL-terminated. */
function readNote(
	elf: ElfFile,
	bytes: Uint8Array,
	base: number | undefined,
): UsdtNote | undefined {
	if (bytes.length < 27) return undefined;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const word = (at: number): number => Number(view.getBigUint64(at, true));
	const moved = base === undefined ? 0 : base - word(8);
	const offset = fileOffsetOf(elf, word(0) + moved);
	if (offset === undefined) return undefined;
	const counter = word(16);
	const provider = textAt(bytes, 24);
	const nameAt = 24 + provider.length + 1;
	const name = textAt(bytes, nameAt);
	return {
		provider,
		name,
		offset,
		semaphore: counter === 0 ? 0 : (fileOffsetOf(elf, counter + moved) ?? 0),
		arguments: textAt(bytes, nameAt + name.length + 1),
	};
}

// An ELF file as it is loaded: from addresses to places in the file and back, its functions, its build id.
import { type ElfFile, segmentFlag, segmentType } from "./elf-sections.ts";
import { elfSymbols, symbolType } from "./elf-symbols.ts";

export interface ElfFunction {
	readonly name: string;
	/** Address as linked: relative to the load address for libraries and position-independent executables. */
	readonly address: number;
	/** Bytes; 0 when unknown. */
	readonly size: number;
	readonly local: boolean;
}

const code = [symbolType.function, symbolType.indirect];

/** Functions defined in the file, `.symtab` before `.dynsym`; a function can come twice. `named`: only those of that name. */
export function* elfFunctions(
	elf: ElfFile,
	named?: string,
): Iterable<ElfFunction> {
	for (const table of ["symbols", "dynamicSymbols"] as const) {
		for (const symbol of elfSymbols(elf, table, code, named)) {
			const { section, value } = symbol;
			if (section === 0 || value === 0) continue;
			yield {
				name: withoutVersion(symbol.name),
				address: value,
				size: symbol.size,
				local: symbol.binding === 0,
			};
		}
	}
}

/** `memcpy@@GLIBC_2.14` is called `memcpy`. */
function withoutVersion(name: string): string {
	const at = name.indexOf("@");
	return at > 0 ? name.slice(0, at) : name;
}

/** Where in the file the byte at an address lies: what the kernel wants for a uprobe. */
export function fileOffsetOf(
	elf: ElfFile,
	address: number,
): number | undefined {
	const segment = elf.segments.find(
		(s) =>
			s.type === segmentType.load &&
			address >= s.address &&
			address < s.address + s.fileSize,
	);
	return segment && address - segment.address + segment.offset;
}

/** As `fileOffsetOf`, for addresses of code only: a probe anywhere else would never fire, or damage data. */
export function codeOffsetOf(
	elf: ElfFile,
	address: number,
): number | undefined {
	const runnable = elf.segments.filter((s) => s.flags & segmentFlag.execute);
	return fileOffsetOf({ ...elf, segments: runnable }, address);
}

/** The address at which a byte of the file is mapped, as linked. */
export function addressOf(
	elf: ElfFile,
	fileOffset: number,
): number | undefined {
	const segment = elf.segments.find(
		(s) =>
			s.type === segmentType.load &&
			fileOffset >= s.offset &&
			fileOffset < s.offset + s.fileSize,
	);
	return segment && fileOffset - segment.offset + segment.address;
}

const buildIdNote = 3;

/** The build id in hexadecimal; undefined when the file has none. */
export function buildIdOf(elf: ElfFile): string | undefined {
	const section = elf.sections.find((s) => s.name === ".note.gnu.build-id");
	const place =
		section ?? elf.segments.find((s) => s.type === segmentType.note);
	if (place === undefined) return undefined;
	const size = "size" in place ? place.size : place.fileSize;
	const bytes = elf.read(place.offset, size);
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	for (let at = 0; at + 12 <= bytes.length; ) {
		const nameSize = view.getUint32(at, true);
		const dataSize = view.getUint32(at + 4, true);
		const data = at + 12 + align4(nameSize);
		const isGnu =
			nameSize === 4 && view.getUint32(at + 12, false) === 0x474e5500;
		if (isGnu && view.getUint32(at + 8, true) === buildIdNote) {
			return Buffer.from(bytes.subarray(data, data + dataSize)).toString("hex");
		}
		at = data + align4(dataSize);
	}
	return undefined;
}

function align4(size: number): number {
	return (size + 3) & ~3;
}

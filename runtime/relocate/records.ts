// The relocations by which an object asks for members of the kernel's structs (CO-RE), as clang writes them into
// .BTF.ext (linux/btf.h, linux/bpf.h: struct bpf_core_relo; libbpf_internal.h: struct btf_ext_header).
import { type BtfData, stringAt } from "../../src/types/btf-data.ts";
import type { ElfFile } from "../../src/types/elf-sections.ts";

export interface Relocation {
	/** Where the instruction stands in the file. */
	readonly at: number;
	/** `enum bpf_core_relo_kind`: 0 asks for a member's offset. */
	readonly kind: number;
	/** Type of the object's own BTF. */
	readonly type: number;
	/** From that type to the member: an index first, then of members or elements. */
	readonly steps: readonly number[];
}

export interface Relocations {
	readonly all: readonly Relocation[];
	/** Where in the file the 32 bits stand that say how many bytes of them there are. */
	readonly lengthAt: number;
}

const header = { length: 4, relocations: 24, relocationBytes: 28 } as const;

/** undefined where there are none. */
export function readRelocations(
	elf: ElfFile,
	btf: BtfData,
): Relocations | undefined {
	const section = elf.sections.find(({ name }) => name === ".BTF.ext");
	if (!section) return undefined;
	const view = viewOf(elf.read(section.offset, section.size));
	const first = view.getUint32(header.length, true);
	if (first <= header.relocationBytes) return undefined;
	const length = view.getUint32(header.relocationBytes, true);
	if (length === 0) return undefined;
	const start = first + view.getUint32(header.relocations, true);
	return {
		all: [...records(elf, btf, view, start, start + length)],
		lengthAt: section.offset + header.relocationBytes,
	};
}

/** The size of a record, then per section of code its name, their number, and they. */
function* records(
	elf: ElfFile,
	btf: BtfData,
	view: DataView,
	start: number,
	end: number,
): Iterable<Relocation> {
	const size = view.getUint32(start, true);
	for (let at = start + 4; at < end; ) {
		const name = stringAt(btf, view.getUint32(at, true));
		const count = view.getUint32(at + 4, true);
		const code = elf.sections.find((section) => section.name === name);
		at += 8;
		for (let i = 0; i < count; i++, at += size) {
			const steps = stringAt(btf, view.getUint32(at + 8, true));
			yield {
				at: (code?.offset ?? Number.NaN) + view.getUint32(at, true),
				type: view.getUint32(at + 4, true),
				steps: steps.split(":").map(Number),
				kind: view.getUint32(at + 12, true),
			};
		}
	}
}

function viewOf(bytes: Uint8Array): DataView {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

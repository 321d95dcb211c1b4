// Puts the running kernel's offsets of struct members into an object once, when it is compiled. libbpf does the same at
// every load, but goes through the whole of the kernel's BTF for it: 15 to 25 ms of each start.
import { openBtf } from "../../src/types/btf-data.ts";
import { indexBtf } from "../../src/types/btf-index.ts";
import { btfTypes } from "../../src/types/btf-types.ts";
import { readElf } from "../../src/types/elf-sections.ts";
import type { KernelTypeSource } from "../../src/types/type-source.ts";
import { kernelPlace, localPlace } from "./member-place.ts";
import { readRelocations } from "./records.ts";

const MEMBER_OFFSET = 0;

/** An object (ELF bytes) that needs no BTF any more; the same object where anything in it is for libbpf to find. */
export function relocate(
	object: Uint8Array,
	kernel: KernelTypeSource,
): Uint8Array {
	const elf = readElf(object);
	const section = elf?.sections.find(({ name }) => name === ".BTF");
	if (!elf || !section) return object;
	const opened = openBtf(elf.read(section.offset, section.size));
	if (!opened.ok) return object;
	const { btf } = opened;
	const relocations = readRelocations(elf, btf);
	if (!relocations) return object;
	const types = btfTypes(btf, indexBtf(btf), { origin: "c" });
	const patched = Uint8Array.from(object);
	const view = new DataView(patched.buffer);
	for (const relocation of relocations.all) {
		const { kind, type, steps, at } = relocation;
		const local = localPlace(types, type, steps);
		const target = local && kernelPlace(kernel, local);
		if (kind !== MEMBER_OFFSET || !target) return object;
		if (!patch(view, at, local.offset, target.offset)) return object;
	}
	view.setUint32(relocations.lengthAt, 0, true);
	return patched;
}

/** `BPF_CLASS`, the low three bits of an instruction's first byte. */
const operation = { load: 1, store: 2, storeRegister: 3, add32: 4, add64: 7 };
const REGISTER_OPERAND = 0x08;

/** False where the instruction is not one that holds the offset `from`, or `to` does not fit into it. */
function patch(view: DataView, at: number, from: number, to: number): boolean {
	if (Number.isNaN(at)) return false;
	const code = view.getUint8(at);
	switch (code & 7) {
		case operation.load:
		case operation.store:
		case operation.storeRegister:
			if (view.getInt16(at + 2, true) !== from || to > 0x7fff) return false;
			view.setInt16(at + 2, to, true);
			return true;
		case operation.add32:
		case operation.add64:
			if ((code & REGISTER_OPERAND) !== 0) return false;
			if (view.getInt32(at + 4, true) !== from) return false;
			view.setInt32(at + 4, to, true);
			return true;
		default:
			return false;
	}
}

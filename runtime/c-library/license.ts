// Licences of objects that are linked: libbpf takes one only. A library under a licence that goes with the GPL, as the kernel
// counts them, may be linked to a script under the GPL; it then says the same.
import { gplLicenses } from "../../src/base/licenses.ts";
import { readElf, sectionHeaders } from "../../src/types/elf-sections.ts";

/** `library` (ELF bytes) with the licence of `script`, where both go with the GPL; otherwise as it is. */
export function withLicenseOf(
	script: Uint8Array,
	library: Uint8Array,
): Uint8Array {
	const wanted = licenseOf(script);
	const own = licenseOf(library);
	if (!wanted || !own) return library;
	if (![wanted, own].every(({ text }) => gplLicenses.includes(text)))
		return library;
	const out = Buffer.from(library);
	// What is written in C as `const char LICENSE[]` is marked as never written to.
	out.writeBigUInt64LE(wanted.flags, own.header + 8);
	out.writeBigUInt64LE(BigInt(out.length), own.header + 24);
	out.writeBigUInt64LE(BigInt(wanted.bytes.length), own.header + 32);
	return Buffer.concat([out, wanted.bytes]);
}

interface License {
	readonly text: string;
	readonly bytes: Uint8Array;
	readonly flags: bigint;
	/** Where the section's header is. */
	readonly header: number;
}

function licenseOf(object: Uint8Array): License | undefined {
	const elf = readElf(object);
	const index = elf?.sections.findIndex(({ name }) => name === "license");
	const section = index === undefined ? undefined : elf?.sections[index];
	if (!elf || index === undefined || !section) return undefined;
	const view = new DataView(object.buffer, object.byteOffset, object.length);
	const headers = Number(view.getBigUint64(sectionHeaders.placeAt, true));
	const header = headers + index * sectionHeaders.bytes;
	const bytes = elf.read(section.offset, section.size);
	const text = Buffer.from(bytes).toString("latin1").replace(/\0.*$/s, "");
	return { text, bytes, flags: view.getBigUint64(header + 8, true), header };
}

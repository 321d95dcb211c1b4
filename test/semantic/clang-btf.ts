// Small BTF made by clang, for tests of the reader.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BtfData, openBtf } from "../../src/types/btf-data.ts";
import { readElf, sectionBytes } from "../../src/types/elf-sections.ts";

/** The BTF of a piece of C. Types must be used by a variable or function to be in it. */
export function btfOf(code: string): BtfData {
	const directory = mkdtempSync(join(tmpdir(), "kask-btf-"));
	try {
		const source = join(directory, "types.c");
		const object = join(directory, "types.o");
		writeFileSync(source, code);
		const flags = ["-target", "bpf", "-O2", "-g", "-c"];
		execFileSync("clang", [...flags, source, "-o", object]);
		const elf = readElf(readFileSync(object));
		const bytes = elf && sectionBytes(elf, ".BTF");
		const opened = bytes && openBtf(bytes);
		if (!opened?.ok) throw new Error("clang made no BTF");
		return opened.btf;
	} finally {
		rmSync(directory, { recursive: true });
	}
}

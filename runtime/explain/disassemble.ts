// Machine code as instructions, by the disassembler of the distribution where there is one.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MachineCode } from "./machine-code.ts";

export interface MachineInstruction {
	/** Bytes from the start of the code. */
	readonly offset: number;
	readonly text: string;
}

/** What binutils calls the processor. */
const machines: Readonly<Record<string, string>> = {
	x64: "i386:x86-64",
	arm64: "aarch64",
	riscv64: "riscv:rv64",
};

/** Name of what lies at an address of the kernel's. */
export type NameAt = (address: bigint) => string | undefined;

/** undefined where there is no objdump, or it does not know the processor. */
export function disassemble(
	{ bytes, functions }: Pick<MachineCode, "bytes" | "functions">,
	nameAt: NameAt,
	architecture: string = process.arch,
): readonly MachineInstruction[] | undefined {
	const machine = machines[architecture];
	if (machine === undefined) return undefined;
	// objdump reads files only.
	const folder = mkdtempSync(join(tmpdir(), "kask-"));
	try {
		const file = join(folder, "code");
		const found: MachineInstruction[] = [];
		for (const { address, length, offset } of functions) {
			writeFileSync(file, bytes.subarray(offset, offset + length));
			// Calls are told by distance, so that the code has to stand where it stands in the kernel.
			const args = ["-D", "-w", "-b", "binary", "-m", machine];
			const place = `--adjust-vma=0x${address.toString(16)}`;
			const done = spawnSync("objdump", [...args, place, file], {
				encoding: "utf8",
			});
			if (done.status !== 0) return undefined;
			for (const one of readListing(done.stdout, address, nameAt))
				found.push({ ...one, offset: one.offset + offset });
		}
		return found;
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** `ffffffffc0001000:	e8 00 00 00 00       	call   0xffffffff81234560`. Offsets count from `start`. */
export function readListing(
	text: string,
	start: bigint,
	nameAt: NameAt,
): MachineInstruction[] {
	const lines = text.matchAll(/^ *([0-9a-f]+):\t[0-9a-f ]+\t(.*)$/gm);
	return [...lines].map(([, address = "0", words = ""]) => ({
		offset: Number(BigInt(`0x${address}`) - start),
		text: withName(words.trim().replace(/\s+/g, " "), start, nameAt),
	}));
}

/** Jumps within the function are told by their offset, all others by name. */
function withName(text: string, start: bigint, nameAt: NameAt): string {
	const target = /0x([0-9a-f]{9,16})$/.exec(text);
	if (!target || !/^(call|j|b)/.test(text)) return text;
	const address = BigInt(`0x${target[1]}`);
	const distance = address - start;
	const within = distance >= 0n && distance < 1n << 20n;
	const name = within ? distance.toString(16) : nameAt(address);
	return name === undefined ? text : text.slice(0, target.index) + name;
}

// Where the instructions of a function begin, as the distribution's disassembler has them.
import { disassemble } from "../explain/disassemble.ts";
import { withElf } from "./elf.ts";

/** Bytes from the function's start; undefined where there is no disassembler, or no such file. */
export function instructionStarts(
	path: string,
	fileOffset: number,
	size: number,
): readonly number[] | undefined {
	const bytes = withElf(path, (elf) => elf.read(fileOffset, size));
	if (!bytes) return undefined;
	const functions = [{ address: 0n, offset: 0, length: bytes.length }];
	return disassemble({ bytes, functions }, () => undefined)?.map(
		({ offset }) => offset,
	);
}

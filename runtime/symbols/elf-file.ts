// Opens ELF files to read them piece by piece.
import { constants, fstatSync, openSync, readSync, statSync } from "node:fs";
import { type ElfFile, readElfAt } from "../../src/types/elf-sections.ts";

/** Opens plain files only: opening a device can have effects, opening a FIFO can block. Throws as openSync does. */
export function openPlainFile(path: string): number | undefined {
	if (!statSync(path).isFile()) return undefined;
	return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
}

/** ELF file behind a descriptor, which must stay open as long as it is read from. */
export function readElfFile(fd: number): ElfFile | undefined {
	const fileSize = fstatSync(fd).size;
	return readElfAt((offset, size) => {
		const room = Math.min(size, Math.max(0, fileSize - offset));
		const bytes = Buffer.alloc(room);
		return bytes.subarray(0, readSync(fd, bytes, 0, room, offset));
	});
}

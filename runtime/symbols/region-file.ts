// The files that processes have mapped.
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { type ElfFile, readElf } from "../../src/types/elf-sections.ts";
import { openPlainFile } from "../machine/elf.ts";
import { type Region, readProcessMaps } from "./process-maps.ts";

/**
 * `map_files` leads to the very file, even when it was removed or lies in another mount namespace, but needs
 * privileges; a path may by now lead to another file.
 */
export function openRegionFile(
	pid: number,
	region: Region,
): number | undefined {
	const range = `${region.start.toString(16)}-${region.end.toString(16)}`;
	return (
		tryOpen(`/proc/${pid}/map_files/${range}`, region.inode) ??
		tryOpen(`/proc/${pid}/root${region.path}`, region.inode) ??
		tryOpen(region.path, region.inode)
	);
}

export function tryOpen(
	path: string,
	inode: number | undefined,
): number | undefined {
	try {
		const fd = openPlainFile(path);
		if (fd === undefined || inode === undefined) return fd;
		if (fstatSync(fd).ino === inode) return fd;
		closeSync(fd);
	} catch {
		// Gone, or not for us to read.
	}
	return undefined;
}

/** All processes have the same one, so our own will do. */
export function readVdso(): ElfFile | undefined {
	const region = readProcessMaps(process.pid)?.regions.find(
		(r) => r.path === "[vdso]",
	);
	if (region === undefined) return undefined;
	let memory: number | undefined;
	try {
		memory = openSync("/proc/self/mem", "r");
		const bytes = Buffer.alloc(region.end - region.start);
		const length = readSync(memory, bytes, 0, bytes.length, region.start);
		return readElf(bytes.subarray(0, length));
	} catch {
		return undefined;
	} finally {
		if (memory !== undefined) closeSync(memory);
	}
}

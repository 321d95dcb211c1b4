// Separate debug files: distributions strip programs and ship the symbols in packages of their own.
import { closeSync, fstatSync, readSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import {
	type ElfFile,
	sectionBytes,
	textAt,
} from "../../src/types/elf-sections.ts";
import { openPlainFile, readElfFile } from "./elf-file.ts";
import { readSymbolTable, type SymbolTable } from "./symbol-table.ts";

export interface DebugSearch {
	/** Root folder of the process's mount namespace: `/proc/PID/root`; our own is searched after it. */
	readonly root: string;
	/** Folder of the stripped file, as the process sees it. */
	readonly folder: string;
}

const DEBUG_FOLDER = "/usr/lib/debug";

/** Symbols of the debug file that belongs to a stripped file: by build id, else by name and checksum. */
export function findDebugFile(
	elf: ElfFile,
	{ root, folder }: DebugSearch,
): SymbolTable | undefined {
	const buildId = readBuildId(elf);
	const link = readDebugLink(elf);
	for (const base of [root, ""]) {
		const byId =
			buildId &&
			readIf(
				`${base}${buildIdPath(buildId)}`,
				(_, debug) => readBuildId(debug) === buildId,
			);
		if (byId) return byId;
		if (link === undefined) continue;
		for (const path of debugLinkPaths(folder, link.name)) {
			const found = readIf(`${base}${path}`, (fd, debug) =>
				buildId === undefined
					? checksum(fd) === link.checksum
					: readBuildId(debug) === buildId,
			);
			if (found) return found;
		}
	}
	return undefined;
}

function buildIdPath(id: string): string {
	return `${DEBUG_FOLDER}/.build-id/${id.slice(0, 2)}/${id.slice(2)}.debug`;
}

function debugLinkPaths(folder: string, name: string): readonly string[] {
	return [
		join(folder, name),
		join(folder, ".debug", name),
		join(DEBUG_FOLDER, folder, name),
	];
}

function readIf(
	path: string,
	belongs: (fd: number, elf: ElfFile) => boolean,
): SymbolTable | undefined {
	let fd: number | undefined;
	try {
		fd = openPlainFile(path);
		const elf = fd === undefined ? undefined : readElfFile(fd);
		if (fd === undefined || elf === undefined || !belongs(fd, elf))
			return undefined;
		return readSymbolTable(elf, "symbols");
	} catch {
		return undefined;
	} finally {
		if (fd !== undefined) closeSync(fd);
	}
}

/** In hexadecimal. The note: name size, description size, type, `GNU\0`, the id. */
export function readBuildId(elf: ElfFile): string | undefined {
	const note = sectionBytes(elf, ".note.gnu.build-id");
	if (note === undefined || note.length < 16) return undefined;
	const view = new DataView(note.buffer, note.byteOffset, note.byteLength);
	const id = note.subarray(16, 16 + view.getUint32(4, true));
	return id.length < 2 ? undefined : Buffer.from(id).toString("hex");
}

/** The debug file's name, NUL-terminated and padded to four bytes, then its CRC-32. */
function readDebugLink(
	elf: ElfFile,
): { readonly name: string; readonly checksum: number } | undefined {
	const bytes = sectionBytes(elf, ".gnu_debuglink");
	if (bytes === undefined || bytes.length < 8) return undefined;
	const name = textAt(bytes, 0);
	// A file may bring any name along, but only one in the folders searched is meant.
	if (name === "" || name.includes("/")) return undefined;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return { name, checksum: view.getUint32(bytes.length - 4, true) };
}

function checksum(fd: number): number {
	const size = fstatSync(fd).size;
	const chunk = Buffer.alloc(1 << 20);
	let value = 0;
	for (let at = 0; at < size; ) {
		const length = readSync(fd, chunk, 0, chunk.length, at);
		if (length === 0) break;
		value = crc32(chunk.subarray(0, length), value);
		at += length;
	}
	return value;
}

// ELF files on disk: opened, read in the places that matter, closed. With separate debug files where there are some.
import {
	closeSync,
	constants,
	fstatSync,
	openSync,
	readFileSync,
	readSync,
	statSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { crc32 } from "node:zlib";
import {
	buildIdOf,
	elfFunctions,
	fileOffsetOf,
} from "../../src/types/elf-image.ts";
import {
	type ElfFile,
	readElfAt,
	sectionBytes,
	textAt,
} from "../../src/types/elf-sections.ts";

export interface UserFunction {
	/** Bytes from the start of the file. */
	readonly offset: number;
	/** Bytes; 0 when unknown. */
	readonly size: number;
	/** Address as linked. */
	readonly address: number;
}

/** Calls `use` with the file opened; undefined when it cannot be read or is no 64-bit ELF file. */
export function withElf<T>(
	path: string,
	use: (elf: ElfFile) => T,
): T | undefined {
	let fd: number | undefined;
	try {
		fd = openPlainFile(path);
		const elf = fd === undefined ? undefined : readElfAt(reader(fd));
		return elf && use(elf);
	} catch {
		return undefined;
	} finally {
		if (fd !== undefined) closeSync(fd);
	}
}

/** Opens plain files only: opening a device can have effects, opening a FIFO can block. Throws as openSync does. */
export function openPlainFile(path: string): number | undefined {
	if (!statSync(path).isFile()) return undefined;
	return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
}

/** What is behind a descriptor, which must stay open as long as it is read from. */
export function reader(
	fd: number,
): (offset: number, size: number) => Uint8Array {
	const fileSize = fstatSync(fd).size;
	return (offset, size) => {
		// Sizes come from the file, which may be damaged.
		const bytes = Buffer.allocUnsafe(
			Math.max(0, Math.min(size, fileSize - offset)),
		);
		const count = readSync(fd, bytes, 0, bytes.length, offset);
		return bytes.subarray(0, count);
	};
}

/** Functions by name, those of a separate debug file too. Of several with one name the global one, else the first. */
export function readUserFunctions(
	path: string,
): ReadonlyMap<string, UserFunction> | undefined {
	return collectFunctions(path, undefined);
}

/** One function, without decoding the names of all others; undefined when the file does not define it. */
export function readUserFunction(
	path: string,
	name: string,
): UserFunction | undefined {
	return collectFunctions(path, name)?.get(name);
}

function collectFunctions(
	path: string,
	named: string | undefined,
): Map<string, UserFunction> | undefined {
	return withElf(path, (elf) => {
		const found = new Map<string, UserFunction & { readonly local: boolean }>();
		const add = (from: ElfFile): void => {
			for (const f of elfFunctions(from, named)) {
				const known = found.get(f.name);
				if (known && (!known.local || f.local)) continue;
				// Only the file itself says where its code lies; a debug file has none.
				const offset = fileOffsetOf(elf, f.address);
				const { name, size, address, local } = f;
				if (offset !== undefined)
					found.set(name, { offset, size, address, local });
			}
		};
		add(elf);
		const complete = elf.sections.some((s) => s.name === ".symtab");
		const debug = complete ? undefined : findDebugFile(path, elf);
		if (debug !== undefined) withElf(debug, add);
		return found;
	});
}

const debugSections = new Set([".debug_info", ".zdebug_info"]);

/** Types and source lines, as compilers write them with -g. */
export function hasDebugInfo(elf: ElfFile): boolean {
	return elf.sections.some((s) => debugSections.has(s.name));
}

const debugRoot = "/usr/lib/debug";

/** The file with the symbols that a distribution has stripped off: by build id, else by the name the file gives. */
export function findDebugFile(
	path: string,
	elf: ElfFile,
	root = debugRoot,
): string | undefined {
	const id = buildIdOf(elf);
	if (id !== undefined) {
		const byId = join(
			root,
			".build-id",
			id.slice(0, 2),
			`${id.slice(2)}.debug`,
		);
		if (withElf(byId, buildIdOf) === id) return byId;
	}
	const link = sectionBytes(elf, ".gnu_debuglink");
	if (link === undefined) return undefined;
	const name = textAt(link, 0);
	const directory = dirname(path);
	const places = [directory, join(directory, ".debug"), join(root, directory)];
	return places
		.map((place) => join(place, name))
		.find((file) => file !== path && matches(file, id, link));
}

/** A debug file in one of `folders`, which may be relative to the binary's own, as their users expect. */
export function findDebugFileIn(
	folders: readonly string[],
	path: string,
	elf: ElfFile,
): string | undefined {
	const link = sectionBytes(elf, ".gnu_debuglink");
	const names = [`${basename(path)}.debug`, ...(link ? [textAt(link, 0)] : [])];
	const id = buildIdOf(elf);
	for (const folder of folders.flatMap((f) => [resolve(dirname(path), f), f])) {
		const found = names
			.map((name) => join(folder, name))
			.find((file) => matches(file, id, link));
		if (found !== undefined) return found;
	}
	return undefined;
}

function matches(
	file: string,
	id: string | undefined,
	link: Uint8Array | undefined,
): boolean {
	if (id !== undefined) return withElf(file, buildIdOf) === id;
	if (link === undefined) return false;
	let fd: number | undefined;
	try {
		fd = openPlainFile(file);
		if (fd === undefined) return false;
		const view = new DataView(link.buffer, link.byteOffset, link.byteLength);
		return crc32(readFileSync(fd)) === view.getUint32(link.length - 4, true);
	} catch {
		return false;
	} finally {
		if (fd !== undefined) closeSync(fd);
	}
}

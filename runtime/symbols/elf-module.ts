// One mapped ELF file: found while the process is alive, read only when a symbol of it is asked for.
import { closeSync, fstatSync } from "node:fs";
import { addressOf, buildIdOf } from "../../src/types/elf-image.ts";
import { type ElfFile, readElfAt } from "../../src/types/elf-sections.ts";
import type { OpenSources } from "../dwarf/open.ts";
import type { CodeOrigin, SourcePlaces } from "../dwarf/sources.ts";
import { findDebugFile, hasDebugInfo, reader } from "../machine/elf.ts";
import type { Region } from "./process-maps.ts";
import { openRegionFile, readVdso, tryOpen } from "./region-file.ts";
import {
	type FoundSymbol,
	readSymbolTable,
	type SymbolTable,
} from "./symbol-table.ts";

interface Symbols {
	readonly table: SymbolTable;
	/** The file that was mapped; the table may be that of its debug file. */
	readonly elf: ElfFile;
}

/** `e_type` of a program that is not position-independent. */
const FIXED_PROGRAM = 2;

export class ElfModule {
	readonly #path: string;
	/** The mount namespace that `path` belongs to: `/proc/PID/root`. */
	readonly #root: string;
	/** Stays open: as long as it does, no other file can get the same inode number. */
	#fd: number | undefined;
	/** Of the debug file, where that has the symbols. */
	#debugFd: number | undefined;
	readonly #modified: number;
	/** undefined while not yet read. */
	#symbols: { readonly found: Symbols | undefined } | undefined;

	#sources: { readonly found: SourcePlaces | undefined } | undefined;
	#id: { readonly found: string | undefined } | undefined;

	private constructor(fd: number | undefined, path: string, root: string) {
		this.#fd = fd;
		this.#path = path;
		this.#root = root;
		this.#modified = fd === undefined ? 0 : fstatSync(fd).mtimeMs;
	}

	/** Opens the file behind a region; undefined when it can't be had. */
	static open(pid: number, region: Region): ElfModule | undefined {
		const fd = openRegionFile(pid, region);
		const root = `/proc/${pid}/root`;
		return fd === undefined ? undefined : new ElfModule(fd, region.path, root);
	}

	/** A file in our own mount namespace. */
	static openPath(path: string): ElfModule | undefined {
		const fd = tryOpen(path, undefined);
		return fd === undefined ? undefined : new ElfModule(fd, path, "");
	}

	/** The code that the kernel maps into every process. */
	static openVdso(): ElfModule {
		const module = new ElfModule(undefined, "[vdso]", "");
		const elf = readVdso();
		module.#symbols = {
			found: elf && loadSymbols(elf, () => undefined),
		};
		return module;
	}

	/** False once the file has been written to. */
	get isCurrent(): boolean {
		const fd = this.#fd;
		return fd === undefined || fstatSync(fd).mtimeMs === this.#modified;
	}

	/** In hexadecimal; undefined for a file without one. */
	get buildId(): string | undefined {
		this.#id ??= { found: this.#readId() };
		return this.#id.found;
	}

	/** `fileOffset` in bytes from the start of the file. */
	find(fileOffset: number): FoundSymbol | undefined {
		const symbols = this.#load();
		if (symbols === undefined) return undefined;
		const address = addressOf(symbols.elf, fileOffset);
		return address === undefined ? undefined : symbols.table.find(address);
	}

	/** An address in a process of which nothing is known but that it ran this file. */
	findFixed(address: number): FoundSymbol | undefined {
		const symbols = this.#load();
		return symbols?.elf.type === FIXED_PROGRAM
			? symbols.table.find(address)
			: undefined;
	}

	/** Where the code at an offset in the file comes from; `open` reads debug information. */
	origin(fileOffset: number, open: OpenSources): CodeOrigin | undefined {
		const elf = this.#load()?.elf;
		if (elf === undefined) return undefined;
		this.#sources ??= { found: this.#openSources(elf, open) };
		const address = addressOf(elf, fileOffset);
		return address === undefined ? undefined : this.#sources.found?.at(address);
	}

	close(): void {
		for (const fd of [this.#fd, this.#debugFd])
			if (fd !== undefined) closeSync(fd);
		this.#fd = undefined;
		this.#debugFd = undefined;
	}

	#load(): Symbols | undefined {
		this.#symbols ??= { found: this.#read() };
		return this.#symbols.found;
	}

	#read(): Symbols | undefined {
		if (this.#fd === undefined) return undefined;
		try {
			const elf = readElfAt(reader(this.#fd));
			return elf && loadSymbols(elf, () => this.#readDebugFile(elf));
		} catch {
			// Cut off, or damaged: no symbols then.
			return undefined;
		}
	}

	#readId(): string | undefined {
		if (this.#fd === undefined) return undefined;
		const elf = readElfAt(reader(this.#fd));
		return elf && buildIdOf(elf);
	}

	#readDebugFile(elf: ElfFile): SymbolTable | undefined {
		const debug = this.#findDebugFile(elf);
		if (debug !== undefined) this.#debugFd = tryOpen(debug, undefined);
		if (this.#debugFd === undefined) return undefined;
		const file = readElfAt(reader(this.#debugFd));
		return file && readSymbolTable(file, "symbols");
	}

	#openSources(elf: ElfFile, open: OpenSources): SourcePlaces | undefined {
		const own =
			this.#fd === undefined ? undefined : `/proc/self/fd/${this.#fd}`;
		const file = hasDebugInfo(elf) ? own : this.#findDebugFile(elf);
		return file === undefined ? undefined : open(file);
	}

	/** Debug files may be installed here, or where the process lives. */
	#findDebugFile(elf: ElfFile): string | undefined {
		const inside = `${this.#root}${this.#path}`;
		return (
			findDebugFile(this.#path, elf) ??
			findDebugFile(inside, elf, `${this.#root}/usr/lib/debug`)
		);
	}
}

/** The fullest table there is: the file's own, that of its separate debug file, what is left for dynamic linking. */
function loadSymbols(
	elf: ElfFile,
	findDebug: () => SymbolTable | undefined,
): Symbols | undefined {
	const table =
		readSymbolTable(elf, "symbols") ??
		findDebug() ??
		readSymbolTable(elf, "dynamicSymbols");
	return table && { table, elf };
}

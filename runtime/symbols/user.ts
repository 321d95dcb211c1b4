// User-space addresses → symbols. Addresses are mostly asked for after the fact, when the process may have ended: what
// it has mapped is noted down as soon as the process is first heard of (`prepare`), the files behind it are opened then
// and stay open, and only symbols of files that are asked for are ever read.

import type { OpenSources } from "../dwarf/open.ts";
import type { CodeOrigin, SourcePlace } from "../dwarf/sources.ts";
import { monotonicMs } from "../machine/clock.ts";
import { BoundedMap } from "./bounded-map.ts";
import type { Demangle } from "./demangle.ts";
import { ElfModule } from "./elf-module.ts";
import { PerfMapReader } from "./perf-map.ts";
import {
	type ProcessMaps,
	parseProcessMaps,
	type Region,
	readMapsText,
} from "./process-maps.ts";
import { demangleRust } from "./rust-names.ts";
import type { FilePlace } from "./stacks.ts";

export interface UserSymbol {
	/** Demangled; undefined when only the file is known. */
	readonly name: string | undefined;
	/** Bytes from the symbol's start. */
	readonly offset: number;
	/** Path of the file as the process sees it; "" for memory without a file. */
	readonly module: string;
}

interface Process {
	/** Newest first: an `execve` or a `dlopen` makes another one, and older addresses belong to older maps. */
	maps: readonly ProcessMaps[];
	/** `monotonicMs()` of the last look. */
	readAt: number;
	/** How often an address was not found. */
	misses: number;
	/** Symbols by address in the latest maps; those of compiled code are left out, for it may be replaced. */
	readonly found: Map<number, UserSymbol>;
	readonly perfMap: PerfMapReader;
}

export interface UserSymbolsOptions {
	/** undefined leaves names as they are in the files. */
	readonly demangle: Demangle | undefined;
	/** Programs that processes unknown until they ended may have run: those that uprobes were set in. */
	readonly binaries?: readonly string[];
	/** undefined where nobody asks for source lines. */
	readonly openSources?: OpenSources | undefined;
}

const MOST_PROCESSES = 4096;
/** Each may hold a file open. */
const MOST_MODULES = 256;
const MOST_NAMES = 65_536;
/** For each process. */
const MOST_ADDRESSES = 16_384;
const LONGEST_MANGLED = 4096;
const MAPS_PER_PROCESS = 3;
/** Milliseconds until maps of a live process are read again, when an address is found in them, and when it is not. */
const STALE_MS = 1000;
const MISS_MS = 50;
/** So many are looked for at once: a process that has just begun maps its program while its first events arrive. */
const FIRST_MISSES = 16;
/** When to look at a process that has just been started. */
const STARTING_MS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

export class UserSymbols {
	readonly #demangle: Demangle | undefined;
	readonly #binaries: readonly string[];
	readonly #openSources: OpenSources | undefined;
	/** By file and address as linked; null where nothing is told, which takes longest to find out. */
	readonly #origins = new BoundedMap<string, CodeOrigin | null>(MOST_NAMES);
	readonly #processes = new BoundedMap<number, Process>(MOST_PROCESSES);
	readonly #modules = new BoundedMap<string, ElfModule>(MOST_MODULES, (m) =>
		m.close(),
	);
	readonly #names = new BoundedMap<string, string>(MOST_NAMES);

	constructor(options: UserSymbolsOptions) {
		this.#demangle = options.demangle;
		this.#binaries = options.binaries ?? [];
		this.#openSources = options.openSources;
	}

	/** Notes down what a process has mapped, so that its addresses can be named after its end. Cheap when repeated. */
	prepare(pid: number): void {
		this.#refresh(pid, STALE_MS);
	}

	/** As `prepare`, for a process that is known to have mapped something since. */
	prepareAgain(pid: number): void {
		this.#refresh(pid, 0);
	}

	/**
	 * As `prepare`, for a process that is only just beginning: it is looked at again and again while it maps its
	 * program and libraries.
	 */
	prepareStarting(pid: number): void {
		for (const delay of STARTING_MS)
			setTimeout(() => this.#refresh(pid, 0), delay).unref();
	}

	lookup(address: bigint, pid: number): UserSymbol | undefined {
		const at = toNumber(address);
		if (at === undefined) return undefined;
		const process = this.#processAt(at, pid);
		if (process === undefined) return this.#findInBinaries(at);
		const known = process.found.get(at);
		if (known !== undefined) return known;
		const region = findRegion(process, at);
		return region && this.#findInRegion(process, pid, region, at);
	}

	/** Which byte of which file an address is, by the file's build id. */
	locate(address: bigint, pid: number): FilePlace | undefined {
		const at = toNumber(address);
		if (at === undefined) return undefined;
		const region = findRegion(this.#processAt(at, pid), at);
		const buildId = region && this.#module(pid, region)?.buildId;
		if (region === undefined || buildId === undefined) return undefined;
		return { buildId, offset: at - region.start + region.offset };
	}

	/** The source of an address, with names made readable; undefined without debug information. */
	origin(address: bigint, pid: number): CodeOrigin | undefined {
		const at = toNumber(address);
		const open = this.#openSources;
		if (at === undefined || open === undefined) return undefined;
		const region = findRegion(this.#processAt(at, pid), at);
		if (region?.file === undefined) return undefined;
		const offset = at - region.start + region.offset;
		const key = `${region.file} ${offset}`;
		const known = this.#origins.get(key);
		if (known !== undefined) return known ?? undefined;
		const found = this.#module(pid, region)?.origin(offset, open);
		const shown = found && this.#shownOrigin(found);
		this.#origins.set(key, shown ?? null);
		return shown;
	}

	#shownOrigin({ place, inlined }: CodeOrigin): CodeOrigin {
		return {
			place: place && showPlace(place),
			inlined: inlined.map((call) => ({
				name: makePrintable(this.#readable(call.name)),
				place: call.place && showPlace(call.place),
			})),
		};
	}

	close(): void {
		this.#origins.clear();
		this.#modules.clear();
		this.#processes.clear();
		this.#names.clear();
	}

	/** The process, looked at again when that is longer ago than `age` milliseconds. */
	#refresh(pid: number, age: number): Process | undefined {
		const known = this.#processes.get(pid);
		const now = monotonicMs();
		if (known !== undefined && now - known.readAt < age) return known;
		const text = readMapsText(pid);
		if (known === undefined) {
			if (text === undefined) return undefined;
			const maps = parseProcessMaps(text);
			const perfMap = new PerfMapReader(pid);
			const process = {
				maps: [maps],
				readAt: now,
				misses: 0,
				found: new Map<number, UserSymbol>(),
				perfMap,
			};
			this.#processes.set(pid, process);
			this.#openModules(pid, maps);
			return process;
		}
		known.readAt = now;
		if (text !== undefined && text !== known.maps[0]?.text) {
			const maps = parseProcessMaps(text);
			known.maps = [maps, ...known.maps].slice(0, MAPS_PER_PROCESS);
			known.found.clear();
			this.#openModules(pid, maps);
		}
		return known;
	}

	/** A process whose maps are the latest known, and are read again when they lack the address. */
	#processAt(address: number, pid: number): Process | undefined {
		const process = this.#refresh(pid, STALE_MS);
		if (process?.found.has(address)) return process;
		if (process === undefined || findRegion(process, address)) return process;
		process.misses++;
		return this.#refresh(pid, process.misses > FIRST_MISSES ? MISS_MS : 0);
	}

	#openModules(pid: number, maps: ProcessMaps): void {
		for (const region of maps.regions) {
			if (!region.executable || region.file === undefined) continue;
			if (this.#modules.get(region.file)?.isCurrent === false)
				this.#modules.delete(region.file);
			this.#module(pid, region);
		}
	}

	#module(pid: number, region: Region): ElfModule | undefined {
		if (region.path === "[vdso]")
			return this.#keep("[vdso]", () => ElfModule.openVdso());
		if (region.file === undefined) return undefined;
		return this.#keep(region.file, () => ElfModule.open(pid, region));
	}

	#keep(key: string, open: () => ElfModule | undefined): ElfModule | undefined {
		const known = this.#modules.get(key);
		if (known) return known;
		const module = open();
		if (module) this.#modules.set(key, module);
		return module;
	}

	#findInRegion(
		process: Process,
		pid: number,
		region: Region,
		address: number,
	): UserSymbol {
		const fileOffset = address - region.start + region.offset;
		const found = this.#module(pid, region)?.find(fileOffset);
		if (found !== undefined) {
			const symbol = this.#symbol(found.name, found.offset, region.path);
			if (process.found.size >= MOST_ADDRESSES) process.found.clear();
			process.found.set(address, symbol);
			return symbol;
		}
		const jit = region.executable ? process.perfMap.read() : undefined;
		const compiled = jit?.find(address);
		if (jit !== undefined && compiled !== undefined)
			return this.#symbol(compiled.name, compiled.offset, jit.path);
		return { name: undefined, offset: 0, module: region.path };
	}

	/** Programs that are not position-independent always lie at the same address. */
	#findInBinaries(address: number): UserSymbol | undefined {
		for (const path of this.#binaries) {
			const module = this.#keep(`path:${path}`, () => ElfModule.openPath(path));
			const found = module?.findFixed(address);
			if (found !== undefined)
				return this.#symbol(found.name, found.offset, path);
		}
		return undefined;
	}

	#readable(name: string): string {
		// Nested names can grow exponentially when they are written out.
		if (!this.#demangle || name.length > LONGEST_MANGLED) return name;
		return demangleRust(name) ?? this.#demangle(name);
	}

	#symbol(name: string, offset: number, module: string): UserSymbol {
		let shown = this.#names.get(name);
		if (shown === undefined) {
			shown = makePrintable(this.#readable(name));
			this.#names.set(name, shown);
		}
		return { name: shown, offset, module };
	}
}

function findRegion(
	process: Process | undefined,
	address: number,
): Region | undefined {
	for (const maps of process?.maps ?? []) {
		const region = maps.find(address);
		if (region) return region;
	}
	return undefined;
}

/** Addresses of user space are below 2^53. */
function toNumber(address: bigint): number | undefined {
	const fits = address > 0n && address <= BigInt(Number.MAX_SAFE_INTEGER);
	return fits ? Number(address) : undefined;
}

function showPlace({ file, line }: SourcePlace): SourcePlace {
	return { file: makePrintable(file), line };
}

/** Names come from files that anyone may have made: control characters would reach the terminal. */
function makePrintable(name: string): string {
	return name.replace(/\p{Cc}/gu, "?");
}

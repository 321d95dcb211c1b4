// What this machine offers to probes, as the compiler asks it. Nothing is read before it is asked for, and only once.
import { statSync } from "node:fs";
import { basename } from "node:path";
import type { ProbeEnvironment } from "../../src/probes/definition.ts";
import { rawTracepointNames } from "../../src/types/btf-reader.ts";
import { codeOffsetOf } from "../../src/types/elf-image.ts";
import type { KernelTypeSource } from "../../src/types/type-source.ts";
import { readUsdtNotes } from "../../src/types/usdt-notes.ts";
import type { OpenDebugInfo } from "../dwarf/open.ts";
import { type Features, featureRows } from "../features/features.ts";
import type { Kernel } from "../ffi/kernel.ts";
import { type Failure, fail, type Result } from "../result.ts";
import type { Demangle } from "../symbols/demangle.ts";
import { readCpuList } from "./cpus.ts";
import { readUserFunctions, withElf } from "./elf.ts";
import { findBinaries, findBinary } from "./find-binary.ts";
import { instructionStarts } from "./instruction-starts.ts";
import { readKallsyms } from "./kallsyms.ts";
import { type KernelBtf, openKernelBtf } from "./kernel-btf.ts";
import {
	type KernelFunctions,
	kernelFunctions,
	onlyListed,
} from "./kernel-functions.ts";
import { loadableModules } from "./kernel-modules.ts";
import { machineFacts } from "./machine-facts.ts";
import { inItsRoot, mappedFiles, programOf } from "./process-files.ts";
import { runningPrograms } from "./running-programs.ts";
import { type Tracepoints, tracepointsAt } from "./tracepoints.ts";

export interface ProbeEnvironmentOptions {
	/** `-p PID`, or -1. */
	readonly pid: number;
	readonly unsafe: boolean;
	/** Called when something has to be tried on the kernel; undefined where it can't be opened. */
	readonly features: () => Features | undefined;
	/** undefined where it can't be opened. */
	readonly kernel: () => Kernel | undefined;
	/** Where tracefs is, mounted if need be. */
	readonly tracefs: () => Result<string>;
	/** The only kernel functions that may be probed, where a list was given. */
	readonly traceable?: ReadonlySet<string> | undefined;
	readonly demangle: Demangle;
	readonly debugInfo: OpenDebugInfo;
	/** Told once, when what a probe needs can't be read. */
	readonly report: (failure: Failure) => void;
}

export function createProbeEnvironment(
	options: ProbeEnvironmentOptions,
): ProbeEnvironment {
	const { pid } = options;
	const btf = once(readBtf);
	const tracepoints = once(() => openTracepoints(options));
	const functions = once(() => {
		const all = readFunctions(btf()?.types);
		return options.traceable && all ? onlyListed(all, options.traceable) : all;
	});
	const cpus = once(() => readCpuList("online").length);
	const consulted = new Set<string>();
	const has = (feature: string): boolean => {
		const row = featureRows.find(({ name }) => name === feature);
		return row === undefined || (options.features()?.has(row.name) ?? false);
	};
	return {
		get kernelTypes() {
			return btf()?.types;
		},
		has,
		tracepointCategories: () => tracepoints()?.categories,
		tracepointEvents: (category) => tracepoints()?.from.events(category) ?? [],
		tracepointFormat: (category, event) =>
			tracepoints()?.from.format(category, event, btf()?.types),
		tracepointDeclarations: (category, event) =>
			tracepoints()?.from.declarations(category, event) ?? [],
		rawTracepoints: once(() => rawTracepoints(btf())),
		kernelFunctions: (module) => functions()?.names(module) ?? [],
		modulesOf: (func) =>
			options.traceable
				? (functions()?.modulesOf(func) ?? [])
				: modulesOf(func, btf(), functions),
		kernelModules: () => functions()?.modules() ?? [],
		loadableModules: once(loadableModules),
		kernelSignature: (func, module) => btf()?.types.func(func, module),
		runningPrograms: once(() => {
			const kernel = options.kernel();
			return kernel ? runningPrograms(kernel.libc) : [];
		}),
		...binaries(pid),
		machine: machineFacts({
			has,
			types: () => btf()?.types,
			kernel: options.kernel,
			consulted: (path) => consulted.add(path),
		}),
		consulted,
		demangle: options.demangle,
		debugInfo: options.debugInfo,
		pid,
		unsafe: options.unsafe,
		get onlineCpus() {
			return cpus();
		},
	};
}

function once<T>(read: () => T): () => T {
	let known: { readonly value: T } | undefined;
	return () => {
		known ??= { value: read() };
		return known.value;
	};
}

function byPath<T>(read: (path: string) => T): (path: string) => T {
	const known = new Map<string, T>();
	return (path) => {
		const before = known.get(path);
		if (before !== undefined) return before;
		const value = read(path);
		known.set(path, value);
		return value;
	};
}

function readBtf(): KernelBtf | undefined {
	const opened = openKernelBtf();
	return opened.ok ? opened.value : undefined;
}

/** Events that ftrace keeps for itself: they are described like tracepoints, but cannot be attached to. */
const notAttachable = "ftrace";

function openTracepoints({
	tracefs,
	report,
}: ProbeEnvironmentOptions):
	| { readonly from: Tracepoints; readonly categories: readonly string[] }
	| undefined {
	const found = tracefs();
	if (!found.ok) {
		report(found.failure);
		return undefined;
	}
	const from = tracepointsAt(found.value);
	if (!from.canBeRead()) {
		const what = `read the tracepoints in ${found.value}`;
		report(fail("E0702", { what }).failure);
		return undefined;
	}
	return {
		from,
		// Most scripts name theirs, so that nobody asks for this.
		get categories() {
			const all = from.categories() ?? [];
			return all.filter((name) => name !== notAttachable);
		},
	};
}

/** Each has a typedef `btf_trace_NAME` in the types of its module. */
function rawTracepoints(
	btf: KernelBtf | undefined,
): ReadonlyMap<string, string> {
	const found = new Map<string, string>();
	for (const module of btf ? ["vmlinux", ...btf.modules()] : []) {
		const types = btf?.module(module);
		for (const name of types ? rawTracepointNames(types) : [])
			if (!found.has(name)) found.set(name, module);
	}
	return found;
}

function readFunctions(
	types: KernelTypeSource | undefined,
): KernelFunctions | undefined {
	const symbols = readKallsyms();
	return symbols && kernelFunctions(symbols, types);
}

/** BTF answers for the kernel proper at once; kallsyms, which takes longer to read, for all else. */
function modulesOf(
	func: string,
	btf: KernelBtf | undefined,
	functions: () => KernelFunctions | undefined,
): readonly string[] {
	const known = btf?.module("vmlinux")?.func(func) !== undefined;
	return known ? ["vmlinux"] : (functions()?.modulesOf(func) ?? []);
}

type Binaries = Pick<
	ProbeEnvironment,
	| "findBinary"
	| "findBinaries"
	| "userFunctions"
	| "instructionStarts"
	| "fileOffset"
	| "usdtProbes"
>;

function binaries(pid: number): Binaries {
	const mapped = once(() => mappedFiles(pid));
	const ownProgram = `/proc/${pid}/exe`;
	return {
		findBinary(name) {
			if (name === ownProgram) return programOf(pid);
			if (pid < 0) return findBinary(name);
			return name.startsWith("/")
				? findBinary(inItsRoot(pid, name))
				: (libraryAmong(mapped(), name) ?? findBinary(name));
		},
		findBinaries: (pattern) =>
			pattern === "*" && pid >= 0 ? mapped() : findBinaries(pattern),
		userFunctions: byPath(readUserFunctions),
		instructionStarts,
		fileOffset: (path, address) =>
			withElf(path, (elf) => ({ offset: codeOffsetOf(elf, address) })) ===
			undefined
				? offsetInFlatFile(path, address)
				: withElf(path, (elf) => codeOffsetOf(elf, address)),
		usdtProbes: byPath(
			(path) => withElf(path, (elf) => [...readUsdtNotes(elf)]) ?? [],
		),
	};
}

/** Code that is no ELF file: its addresses are those of the file. */
function offsetInFlatFile(path: string, address: number): number | undefined {
	try {
		const file = statSync(path);
		return file.isFile() && address < file.size ? address : undefined;
	} catch {
		return undefined;
	}
}

/** The very library that the process uses, of perhaps several versions. */
function libraryAmong(
	paths: readonly string[],
	name: string,
): string | undefined {
	return paths.find((path) => {
		const file = basename(path);
		return (
			file === name ||
			file.startsWith(`${name}.so`) ||
			file.startsWith(`lib${name}.so`)
		);
	});
}

// What builtins ask of this machine when a script is compiled.
import { existsSync, statSync } from "node:fs";
import type { ProgramType as ProgramTypeName } from "../../src/builtins/definition.ts";
import type { MachineFacts, UserVariable } from "../../src/builtins/machine.ts";
import { addressOf } from "../../src/types/elf-image.ts";
import { elfSymbols, symbolType } from "../../src/types/elf-symbols.ts";
import type { KernelTypeSource } from "../../src/types/type-source.ts";
import { ProgramType } from "../bpf/program.ts";
import { mayCallKernelFunction } from "../features/feature-trial.ts";
import type { Kernel } from "../ffi/kernel.ts";
import { withElf } from "./elf.ts";
import { type Kallsyms, readKallsyms } from "./kallsyms.ts";
import { kernelBtfPath } from "./kernel-btf.ts";
import { readKernelVersion } from "./kernel-version.ts";

export interface MachineSources {
	readonly has: (feature: string) => boolean;
	readonly types: () => KernelTypeSource | undefined;
	/** undefined where it can't be opened. */
	readonly kernel: () => Kernel | undefined;
	/** Told of files whose state goes into what is compiled. */
	readonly consulted: (path: string) => void;
}

const programTypes: Readonly<Record<ProgramTypeName, number>> = {
	kprobe: ProgramType.kprobe,
	tp: ProgramType.tracepoint,
	raw_tp: ProgramType.rawTracepoint,
	perf_event: ProgramType.perfEvent,
	tracing: ProgramType.tracing,
	iter: ProgramType.tracing,
};

export function machineFacts(sources: MachineSources): MachineFacts {
	let symbols: { readonly read: Kallsyms | undefined } | undefined;
	const functionId = (name: string) => sources.types()?.typeId("func", name);
	return {
		architecture: process.arch,
		has: sources.has,
		padsNames: padsNames(),
		pidNamespace: pidNamespace(),
		cgroupId: (path) => {
			sources.consulted(path);
			return cgroupId(path);
		},
		hasKernelSymbol: (name) => {
			symbols ??= { read: readKallsyms() };
			return symbols.read === undefined || symbols.read.find(name).length > 0;
		},
		hasKernelFunction: (name) => functionId(name) !== undefined,
		mayCall: (name, from) => {
			const id = functionId(name);
			const kernel = id === undefined ? undefined : sources.kernel();
			return (
				id !== undefined &&
				kernel !== undefined &&
				mayCallKernelFunction(kernel, programTypes[from], id)
			);
		},
		kernelVariable: (name) => sources.types()?.variable(name),
		userVariable,
		linkedAddress: (path, fileOffset) =>
			withElf(path, (elf) => addressOf(elf, fileOffset)),
	};
}

function padsNames(): boolean {
	const { major, minor } = readKernelVersion();
	const isNew = major > 5 || (major === 5 && minor >= 17);
	return isNew && existsSync(kernelBtfPath);
}

/** The kernel numbers a cgroup as it numbers its folder. */
function cgroupId(path: string): bigint | undefined {
	try {
		const folder = statSync(path, { bigint: true });
		return folder.isDirectory() ? folder.ino : undefined;
	} catch {
		return undefined;
	}
}

/** `e_type` of programs that are not moved when loaded. */
const executable = 2;
const kinds = [symbolType.object, symbolType.function];

function userVariable(path: string, name: string): UserVariable | undefined {
	return withElf(path, (elf) => {
		for (const table of ["symbols", "dynamicSymbols"] as const)
			for (const symbol of elfSymbols(elf, table, kinds, name)) {
				if (symbol.section === 0) continue;
				const { value: address, size } = symbol;
				return { address, size, fixed: elf.type === executable };
			}
		return undefined;
	});
}

/** The first namespace has this number on every kernel (`PROC_PID_INIT_INO`). */
const firstPidNamespace = 0xefff_fffcn;

function pidNamespace(): MachineFacts["pidNamespace"] {
	try {
		const { dev, ino } = statSync("/proc/self/ns/pid", { bigint: true });
		if (ino === firstPidNamespace) return undefined;
		// stat() spreads the minor number around the major one; in the kernel it is the low 20 bits.
		const minor = (dev & 0xffn) | ((dev >> 12n) & 0xfff00n);
		const major = (dev >> 8n) & 0xfffn;
		return { device: (major << 20n) | minor, inode: ino };
	} catch {
		return undefined;
	}
}

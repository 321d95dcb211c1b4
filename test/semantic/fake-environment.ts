// A machine made of plain objects, for rules that must not hang on the machine the tests run on.
import type {
	ProbeEnvironment,
	RunningProgram,
	UsdtProbe,
} from "../../src/probes/definition.ts";
import type { DebugInfo } from "../../src/types/debug-info.ts";
import { noTypes } from "../../src/types/no-types.ts";
import type {
	FunctionSignature,
	KernelTypeSource,
} from "../../src/types/type-source.ts";
import {
	int32,
	pointerTo,
	type StructBody,
	type Type,
	uint64,
} from "../../src/types/types.ts";

export interface FakeMachine {
	readonly features?: readonly string[];
	readonly btf?: boolean;
	/** Categories and their events; null where tracefs can't be read. */
	readonly tracepoints?: Readonly<Record<string, readonly string[]>> | null;
	readonly rawTracepoints?: readonly string[];
	/** Functions by module. */
	readonly functions?: Readonly<Record<string, readonly string[]>>;
	/** Files and their functions; null for a file that is no ELF file. */
	readonly files?: Readonly<
		Record<
			string,
			Readonly<Record<string, { offset: number; size: number }>> | null
		>
	>;
	readonly usdt?: Readonly<Record<string, readonly UsdtProbe[]>>;
	/** Addresses of source lines, by file and `SOURCE:LINE`. */
	readonly lines?: Readonly<Record<string, Readonly<Record<string, number>>>>;
	readonly iterators?: readonly string[];
	/** Modules that could be loaded. */
	readonly loadable?: readonly string[];
	readonly running?: readonly RunningProgram[];
	readonly pid?: number;
	readonly unsafe?: boolean;
}

/** `struct file *file, int flags`, returning a 64-bit number. */
export const fakeParameters: FunctionSignature["parameters"] = [
	{ name: "file", type: pointerTo(fakeStruct("file", 64)) },
	{ name: "flags", type: int32 },
];

function fakeStruct(name: string, size: number): Type {
	return { kind: "struct", name, origin: "kernel", size };
}

export function fakeEnvironment(machine: FakeMachine = {}): ProbeEnvironment {
	const { tracepoints = {}, functions = {}, files = {} } = machine;
	const modulesOf = (func: string) =>
		Object.keys(functions).filter((m) => functions[m]?.includes(func));
	const signature = (name: string, module?: string) =>
		(
			module === undefined
				? modulesOf(name).length > 0
				: modulesOf(name).includes(module)
		)
			? { name, parameters: fakeParameters, returns: uint64 }
			: undefined;
	return {
		kernelTypes:
			machine.btf === false ? undefined : fakeTypes(machine, signature),
		has: (feature) => machine.features?.includes(feature) ?? true,
		tracepointCategories: () =>
			tracepoints ? Object.keys(tracepoints) : undefined,
		tracepointEvents: (category) => tracepoints?.[category] ?? [],
		tracepointFormat: (category, event) => fakeFormat(category, event),
		tracepointDeclarations: () => ["int fd"],
		rawTracepoints: () =>
			new Map((machine.rawTracepoints ?? []).map((name) => [name, "vmlinux"])),
		kernelFunctions: (module) =>
			module === undefined
				? Object.values(functions).flat()
				: (functions[module] ?? []),
		modulesOf,
		kernelModules: () => Object.keys(functions),
		loadableModules: () => machine.loadable ?? [],
		kernelSignature: machine.btf === false ? () => undefined : signature,
		runningPrograms: () => machine.running ?? [],
		findBinary: (name) =>
			Object.keys(files).find(
				(path) => path === name || path.endsWith(`/${name}.so.6`),
			),
		findBinaries: (pattern) =>
			Object.keys(files).filter((path) =>
				path.startsWith(pattern.replace(/\*.*$/, "")),
			),
		userFunctions: (path) => {
			const found = files[path];
			return found ? new Map(Object.entries(found)) : undefined;
		},
		// One of four bytes, then some of one.
		instructionStarts: (_path, _offset, size) => [
			0,
			...Array.from({ length: size - 4 }, (_, i) => i + 4),
		],
		fileOffset: (_path, address) =>
			address >= 0x400000 ? address - 0x400000 : undefined,
		debugInfo: (path) => fakeDebugInfo(machine.lines?.[path]),
		usdtProbes: (path) => machine.usdt?.[path] ?? [],
		demangle: (symbol) =>
			symbol === "_ZN3app3runEi" ? "app::run(int)" : symbol,
		unsafe: machine.unsafe ?? false,
		pid: machine.pid ?? -1,
		onlineCpus: 2,
		machine: {
			architecture: "x64",
			has: (feature) => machine.features?.includes(feature) ?? true,
			cgroupId: () => undefined,
			hasKernelSymbol: () => true,
			hasKernelFunction: () => false,
			pidNamespace: undefined,
			padsNames: true,
			mayCall: () => false,
			kernelVariable: () => undefined,
			userVariable: () => undefined,
			linkedAddress: () => undefined,
		},
		consulted: new Set(),
	};
}

function fakeDebugInfo(
	lines: Readonly<Record<string, number>> | undefined,
): DebugInfo | undefined {
	return (
		lines && {
			types: noTypes,
			functionAt: () => undefined,
			addressOfLine: (file, line) => lines[`${file}:${line}`],
		}
	);
}

function fakeFormat(category: string, event: string): StructBody {
	const origin = `tracepoint:${category}:${event}`;
	return {
		type: { kind: "struct", name: "fake", origin, size: 16 },
		members: [{ name: "fd", type: int32, offset: 8 }],
	};
}

function fakeTypes(
	machine: FakeMachine,
	func: KernelTypeSource["func"],
): KernelTypeSource {
	const { rawTracepoints = [], iterators = [], functions = {} } = machine;
	return {
		struct: (kind, name) =>
			kind === "struct" && iterators.some((i) => name === `bpf_iter__${i}`)
				? { kind, name, origin: "kernel", size: 16 }
				: undefined,
		members: () => [
			{
				name: "meta",
				type: pointerTo(fakeStruct("bpf_iter_meta", 8)),
				offset: 0,
			},
			{
				name: "task",
				type: pointerTo(fakeStruct("task_struct", 8)),
				offset: 8,
			},
		],
		enum: () => undefined,
		enumerators: () => [],
		typedef: () => undefined,
		constant: () => undefined,
		names: (kind) =>
			kind === "typedef"
				? rawTracepoints.map((name) => `btf_trace_${name}`)
				: iterators.map((name) => `bpf_iter__${name}`),
		func,
		header: () => "",
		functionNames: () => Object.values(functions).flat(),
		trampolineNames: () => Object.values(functions).flat(),
		rawTracepoint: (name) =>
			rawTracepoints.includes(name)
				? { name, parameters: fakeParameters, returns: uint64 }
				: undefined,
		definition: () => undefined,
		typeId: () => undefined,
		variable: () => undefined,
	};
}

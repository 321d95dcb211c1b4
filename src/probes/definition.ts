// What a probe provider is. One file of this folder each: how its parts are read, what names it offers, the types of
// `args` and `retval`, the program's section, how it is attached, what it needs of the kernel, and its doc.
import type { MessageArgs, ReportOptions } from "../base/diagnostics.ts";
import type { MessageCode } from "../base/messages.ts";
import type { Span } from "../base/source.ts";
import type { ProgramType, UsdtArgument } from "../builtins/definition.ts";
import type { MachineFacts } from "../builtins/machine.ts";
import type { AttachTarget } from "../plan.ts";
import type { DebugInfo } from "../types/debug-info.ts";
import type {
	FunctionSignature,
	KernelTypeSource,
} from "../types/type-source.ts";
import type { StructBody, Type } from "../types/types.ts";

/** `provider:part:part…` with parameters (`$1`) filled in. Parts keep their wildcards. */
export interface SpecText {
	/** Long name of the provider. */
	readonly provider: string;
	/** The provider as the user wrote it, for messages: `t`, `BEGIN`. */
	readonly written: string;
	readonly parts: readonly string[];
	/** Spans of the parts, for messages; as many as `parts`. */
	readonly partSpans: readonly Span[];
	readonly span: Span;
}

/** One place where a program can be attached. */
export interface ProbeMatch {
	/** Full name, as `probe` prints it and `-l` lists it. */
	readonly probe: string;
	readonly target: AttachTarget;
	readonly programType: ProgramType;
	/** ELF section as libbpf reads it. */
	readonly section: string;
	/** True where `ctx` is, or begins with, a `struct pt_regs`. */
	readonly hasRegisters: boolean;
	/** What `func` gives. */
	readonly func?: string | undefined;
	/** Members of `args`; read on demand, since most scripts do not use them. */
	readonly args?: () => StructBody | undefined;
	readonly retval?: () => Type | undefined;
	/** Arguments and result as C declares them, for listings; made from `args` and `retval` where absent. */
	readonly declarations?: () => readonly string[] | undefined;
	/** Where the return value stands: bytes from the start of the context. Set where `retval` may be used. */
	readonly retvalOffset?: number | undefined;
	/** Where the arguments of a USDT probe are found, by number. */
	readonly usdtArguments?: readonly (UsdtArgument | undefined)[] | undefined;
	/** Matches that differ in this need programs of their own, though all else is the same. */
	readonly variant?: string;
	/** How it is attached where the verifier shall know pointers in the context for the kernel's own. */
	readonly trusted?:
		| Pick<ProbeMatch, "target" | "programType" | "section">
		| undefined;
	/** A cheaper way to attach that gives only these fields of `args`; undefined where there is none. */
	readonly cheaper?: (fields: FieldsUsed) => Cheaper | undefined;
}

/** Fields of `args` that a body uses one by one; `all` where it takes `args` as a whole. */
export type FieldsUsed = ReadonlySet<string> | "all";

export interface Cheaper
	extends Pick<ProbeMatch, "target" | "programType" | "section" | "args"> {
	/** Places whose fields in use differ need programs of their own. */
	readonly shape?: string;
	/** On the tracepoint of all system calls; only one of them where there is a number. */
	readonly call?: {
		readonly when: "enter" | "exit";
		readonly number?: number;
	};
}

/** A place in an ELF file where a USDT probe stands; a probe may stand at several. Offsets are file offsets in bytes. */
export interface UsdtProbe {
	readonly provider: string;
	readonly name: string;
	readonly offset: number;
	/** 0 for none. */
	readonly semaphore: number;
	/** As the compiler wrote them: `-4@%edi 8@-16(%rbp)`. */
	readonly arguments: string;
}

/** A BPF program that runs in the kernel, its functions by name, its own first. */
export interface RunningProgram {
	readonly id: number;
	readonly functions: readonly string[];
}

export interface UserFunctionPlace {
	/** Bytes from the start of the file. */
	readonly offset: number;
	/** Bytes; 0 when unknown. */
	readonly size: number;
}

/** What this machine offers; made by the run time, so that no provider touches a file or the kernel. All lazy. */
export interface ProbeEnvironment {
	/** undefined where the kernel has no BTF. */
	readonly kernelTypes: KernelTypeSource | undefined;
	/** `yes` rows of `kask --info`: `kprobe`, `fentry`, `raw_tp`, `uprobe`, `iter`, `hardware` … */
	has(feature: string): boolean;
	/** undefined where tracefs can't be read; the reason has been reported then. */
	tracepointCategories(): readonly string[] | undefined;
	tracepointEvents(category: string): readonly string[];
	tracepointFormat(category: string, event: string): StructBody | undefined;
	/** Fields of a tracepoint as the kernel's C declares them, without those that all have. */
	tracepointDeclarations(category: string, event: string): readonly string[];
	/** Raw tracepoints by name, and the module of each; `vmlinux` for the kernel itself. */
	rawTracepoints(): ReadonlyMap<string, string>;
	/** Kernel functions that kprobes may take, of one module or of all; from BTF and kallsyms. */
	kernelFunctions(module?: string): Iterable<string>;
	/** Modules that define a function (`vmlinux` for the kernel itself). */
	modulesOf(func: string): readonly string[];
	kernelModules(): readonly string[];
	/** Modules that are installed for this kernel and not loaded. */
	loadableModules(): readonly string[];
	kernelSignature(func: string, module?: string): FunctionSignature | undefined;
	/** BPF programs that can be traced themselves. */
	runningPrograms(): readonly RunningProgram[];
	/** Absolute path of a binary or library by path or bare name (PATH, ld.so cache). */
	findBinary(name: string): string | undefined;
	/** As `findBinary`, for a path with wildcards; under `-p`, `*` means all that the process has mapped. */
	findBinaries(pattern: string): readonly string[];
	/** Function symbols of an ELF file: name → file offset in bytes. */
	userFunctions(
		path: string,
	): ReadonlyMap<string, UserFunctionPlace> | undefined;
	/** Where the instructions of a function begin, in bytes from its start; undefined where that can't be told. */
	instructionStarts(
		path: string,
		fileOffset: number,
		size: number,
	): readonly number[] | undefined;
	/** Where code of an ELF file stands in the file; undefined for addresses of anything else. */
	fileOffset(path: string, address: number): number | undefined;
	usdtProbes(path: string): readonly UsdtProbe[];
	/** undefined where a file has none, or nothing here can read it. */
	debugInfo(path: string): DebugInfo | undefined;
	/** C++ names of symbols: mangled → readable. */
	demangle(symbol: string): string;
	/** `--unsafe`: functions of unknown size may be probed. */
	readonly unsafe: boolean;
	/** `-p PID`, or -1. */
	readonly pid: number;
	readonly onlineCpus: number;
	/** What builtins ask when compiling. */
	readonly machine: MachineFacts;
	/** Files other than those that are probed whose state has gone into what is compiled. */
	readonly consulted: ReadonlySet<string>;
}

/** Why a spec matched nothing, ready to be reported. */
export interface Missing {
	readonly code: MessageCode;
	readonly args: MessageArgs;
	readonly options: ReportOptions;
}

export interface ResolveContext {
	readonly environment: ProbeEnvironment;
	report(code: MessageCode, args?: MessageArgs, options?: ReportOptions): void;
}

export interface ProbeProvider {
	readonly name: string;
	/** Short and old names. */
	readonly aliases: readonly string[];
	/** For usage messages: `tracepoint:category:event`. */
	readonly forms: readonly string[];
	readonly doc: string;
	/** When and in which context it fires, in plain words. */
	readonly fires: string;
	readonly example: string;
	/** Where `-l` shows it unasked: always, or with `-p` or a file. Only by its name when absent. */
	readonly listing?: "kernel" | "user";
	/** Feature row without which nothing of this provider can be attached. */
	readonly needs?: string;
	/** Why a kernel that could serve it may not, in a line. */
	readonly withheld?: string;
	/**
	 * All places a spec means. An empty list without a report means that nothing matched (the caller decides by
	 * `missing_probes` whether that is an error). Reports what is wrong with the spec itself, with nearest names.
	 */
	readonly resolve: (
		spec: SpecText,
		context: ResolveContext,
	) => readonly ProbeMatch[];
	/** Full names for `-l PATTERN` and completion; `pattern` parts may hold wildcards. */
	readonly list?: (
		parts: readonly string[],
		environment: ProbeEnvironment,
	) => Iterable<string>;
	/**
	 * What to say when nothing matched: the part that is unknown, and the nearest name. undefined where the reason has
	 * been reported already.
	 */
	readonly missing?: (
		spec: SpecText,
		environment: ProbeEnvironment,
	) => Missing | undefined;
	/** What this kernel calls the function that the spec names by another name, where nothing else has changed. */
	readonly newName?: (
		spec: SpecText,
		environment: ProbeEnvironment,
	) => string | undefined;
	/** The nearest thing that this kernel does offer, where it has nothing of this provider at all. */
	readonly nearest?: (
		spec: SpecText,
		environment: ProbeEnvironment,
	) => string | undefined;
}

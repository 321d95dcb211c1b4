// What a builtin is. Each is one object in one file of this folder: signature, doc, check, emission, merging, rendering.
// No pass of the compiler and no part of the run time names a builtin; they ask its definition.

import type { MessageArgs, ReportOptions } from "../base/diagnostics.ts";
import type { JsonTree } from "../base/json-tree.ts";
import type { MessageCode } from "../base/messages.ts";
import type { Span } from "../base/source.ts";
import type { TypeSource } from "../types/type-source.ts";
import type { AggregateType, Type } from "../types/types.ts";
import type { EmitCall, Emitter } from "./emitter.ts";
import type {
	Host,
	HostEvent,
	MergedCells,
	RenderedAggregate,
} from "./host.ts";
import type { MachineFacts } from "./machine.ts";
import type { OptionDeclaration, OptionLiteral } from "./option.ts";

export type {
	AuxiliaryMap,
	EmitCall,
	Emitter,
	EventField,
	EventParams,
} from "./emitter.ts";

/** A checked expression as builtins see it. The compiler's own nodes are richer. */
export interface TypedExpr {
	readonly type: Type;
	readonly span: Span;
	/** Known when compiling: literals, folded constants, positional parameters. */
	readonly constant?: bigint | string | boolean;
	/** A positional parameter's text as given on the command line. */
	readonly parameter?: string;
	/** The bare word, where the signature asked for a `word`. */
	readonly word?: string;
	/** The map itself, where the signature asked for a `map`. */
	readonly map?: MapFacts;
	/** Keys given with a map argument: `delete(@x[1])`. */
	readonly keys?: TypedExpr;
}

/** What is known of a script's map. */
export interface MapFacts {
	/** Without the `@`. */
	readonly name: string;
	/** undefined while not yet known, or for a map without keys. */
	readonly key: Type | undefined;
	readonly value: Type | undefined;
	readonly scalar: boolean;
}

/** What is known of the probe around a call. */
export interface ProbeFacts {
	/** Long name of the provider: `tracepoint`, `kprobe`, `begin` … */
	readonly provider: string;
	/** BPF program type in libbpf's section words: `kprobe`, `tp`, `raw_tp`, `perf_event`, `tracing`, `iter`. */
	readonly programType: ProgramType;
	/** Full names of all probes that share this program; one unless it came from a wildcard. */
	readonly names: readonly string[];
	/** True where the same body is that of other places, too: a wildcard, a list. */
	readonly shared?: boolean;
	/** The number of the first name, where names are told by number; the attach cookie holds it. */
	readonly nameNumber?: number | undefined;
	/** Type of `args`: a pointer to a struct, read directly from the context. */
	readonly args: Type | undefined;
	readonly retval: Type | undefined;
	/** Where a USDT probe has its arguments. */
	readonly usdtArguments?: readonly (UsdtArgument | undefined)[] | undefined;
	/** Where the return value stands: bytes from the start of the context. */
	readonly retvalOffset?: number | undefined;
	/** The program or library, and bytes from the start of the file, where only one place is probed. */
	readonly binary?:
		| { readonly path: string; readonly offset: number }
		| undefined;
	/** What `func` prints, where it is known when compiling. */
	readonly func: string | undefined;
	/** True where `ctx` is a `struct pt_regs` (kprobe, uprobe) or begins with one (perf_event). */
	readonly hasRegisters: boolean;
	/** Set where the program is on a tracepoint of all system calls and has no record of its own. */
	readonly call?: SystemCallFacts | undefined;
}

export interface SystemCallFacts {
	readonly when: "enter" | "exit";
	/** Only these calls, in the order of `names`; undefined for all. */
	readonly numbers?: readonly number[] | undefined;
}

/** An argument of a USDT probe, as its note describes it. Offsets of registers count from the start of `struct pt_regs`. */
export interface UsdtArgument {
	readonly size: 1 | 2 | 4 | 8;
	readonly signed: boolean;
	readonly place:
		| { readonly kind: "constant"; readonly value: bigint }
		| { readonly kind: "register"; readonly offset: number }
		/** In the process's memory at register + index * scale + displacement. */
		| {
				readonly kind: "memory";
				readonly offset: number;
				readonly displacement: number;
				readonly index?: { readonly offset: number; readonly scale: number };
		  };
}

export type ProgramType =
	| "kprobe"
	| "tp"
	| "raw_tp"
	| "perf_event"
	| "tracing"
	| "iter";

/** One call being checked. The signature has been checked already: number and kinds of arguments are right. */
export interface CheckCall {
	readonly args: readonly TypedExpr[];
	readonly span: Span;
	readonly probe: ProbeFacts;
	readonly types: TypeSource;
	readonly settings: CheckSettings;
	readonly machine: MachineFacts;
	/** False in a branch whose condition is known not to hold. */
	readonly reached: boolean;
	report(code: MessageCode, args?: MessageArgs, options?: ReportOptions): void;
}

/** Configuration that types depend on. */
export interface CheckSettings {
	readonly maxStrlen: number;
	readonly maxMapKeys: number;
	readonly stackMode: string;
	readonly unsafe: boolean;
	/** `-c`: the run starts a process. */
	readonly startsProcess: boolean;
	/** `-c`, `-p` or `--dwarf-pid`: it is known which processes the run is about. */
	readonly hasTargets: boolean;
	/** All configuration variables. */
	readonly configuration: ReadonlyMap<string, bigint | string | boolean>;
	/** Values of the script's own options, given or default, by each of their names; operands by `<name>`. */
	readonly options: ReadonlyMap<string, bigint | string | boolean>;
}

/** How an aggregation keeps its cells. */
export interface AggregateDefinition {
	/**
	 * Plain cells: bytes of one CPU's cell, all-zero being the empty cell. Bucketed cells are always
	 * `{ u64 count; s64 sum; }` and this gives the number of buckets.
	 */
	readonly cells: (
		type: AggregateType,
	) => { readonly size: number } | { readonly buckets: number };
	/** Plain cells: C statements that add the arguments to the cell at `cell` (a `char *`). */
	readonly emitUpdate?: (
		emitter: Emitter,
		call: EmitCall,
		cell: string,
	) => void;
	/** Bucketed cells: the bucket's number, a C u32 expression, and what is added to the bucket's sum. */
	readonly emitBucket?: (
		emitter: Emitter,
		call: EmitCall,
	) => { readonly bucket: string; readonly sum: string };
	/** Reading inside the kernel: merges CPU after CPU. `cell` is one CPU's cell, `total` a struct of the same shape. */
	readonly read?: {
		/** Result type when the map is used as a number. */
		readonly type: (type: AggregateType) => Type;
		/** Statement that merges `*cell` into `*total`. */
		readonly emitMerge: (
			emitter: Emitter,
			type: AggregateType,
			total: string,
			cell: string,
		) => void;
		/** C scalar of the merged total. */
		readonly emitResult: (
			emitter: Emitter,
			type: AggregateType,
			total: string,
		) => string;
	};
	/** Merged cells → what is printed and exported. */
	readonly render: (
		cells: MergedCells,
		params: AggregateType["params"],
		signed: boolean,
	) => RenderedAggregate;
	/** The same for all keys of a map at once, where what is printed of one hangs on the others. */
	readonly renderAll?: (
		cells: readonly MergedCells[],
		params: AggregateType["params"],
		signed: boolean,
	) => readonly RenderedAggregate[];
}

/** How an opaque value (`ksym`, `inet`, `kstack` …) is printed. */
export interface OpaqueDefinition {
	/** Text of the value. `bytes` starts at the value; it may be longer. */
	readonly text: (
		bytes: DataView,
		params: Readonly<Record<string, string | number | boolean>>,
		host: Host,
	) => string;
	/** JSON where it is not just the text. */
	readonly json?: (
		bytes: DataView,
		params: Readonly<Record<string, string | number | boolean>>,
		host: Host,
	) => JsonTree;
	/** Where in the value the pid (u32) stands of the process that must be looked at before it ends. */
	readonly pidAt?: number;
}

export interface BuiltinDefinition {
	readonly name: string;
	/** Other spellings, old ones among them. */
	readonly aliases?: readonly string[];
	readonly group:
		| "context"
		| "data"
		| "aggregation"
		| "output"
		| "symbols"
		| "maps";
	/**
	 * Prototypes, most used first: `"pid"`, `"kstack"`, `"kstack(mode?: word, depth?: literal int)"`, `"hist(value: int, bits?: literal int)"`.
	 * Parameter kinds: `any`, `int`, `bool`, `string`, `pointer`, `buffer`, `array`, `map`, `key` (of the map before it), `target` (a variable that takes its value),
	 * `word`, `type`, each optionally `literal`; `a|b` for either; `?` after the name makes it optional; `...` after the kind repeats it.
	 * A prototype without parentheses means that the bare word may be used.
	 */
	readonly signatures: readonly string[];
	readonly doc: string;
	/** A script that runs as it stands. */
	readonly example: string;
	/** Words of the command line that the example needs besides. */
	readonly exampleArgs?: readonly string[];
	/** Feature rows it needs. */
	readonly needs?: readonly string[];
	/** Only with `--unsafe`. */
	readonly unsafe?: boolean;
	/** Where it runs, in words, where that does not follow from how it is emitted: see where-it-runs.ts. */
	readonly runs?: string;
	/** What of it may be lost, and when, besides what follows from how it is emitted; false where nothing is. */
	readonly lost?: string | false;
	/** The configuration variable that may refuse it. */
	readonly unstable?: string;
	/**
	 * What of the probe its value hangs on: `args` makes a wildcard's probes one program each (their types differ);
	 * `name` is told apart by attach cookie, so that one program can serve them all. `frames`: kernel stacks, which
	 * would begin with frames of BPF's own if a tracepoint were attached as a raw one.
	 */
	readonly perProbe?: "args" | "fields" | "name" | "frames";
	/** Bytes that stay the same while a program runs: without arguments they are asked for once. */
	readonly steady?: boolean;
	/** What a first argument that does not fit is most likely meant for. */
	readonly meant?: string;
	/** What it does with a map that it is given: takes one element out, asks for one, or shows or clears the whole. */
	readonly onMap?: "deletes" | "asks" | "takes-whole";
	/** There are about as many values of it as threads: as keys they come back, unlike addresses and times. */
	readonly namesThread?: boolean;
	/** Takes a pointer that the verifier must know to be the kernel's own: raw tracepoints then go by BTF. */
	readonly trusted?: boolean;
	/** Result type; reports what the signature can't say. `voidType` for actions. */
	readonly check: (call: CheckCall) => Type;
	/** Declares an option of the script (`getopt`): told from its literal arguments before anything is checked. */
	readonly option?: (
		args: readonly OptionLiteral[],
	) => OptionDeclaration | undefined;
	/** Says what a map's numbers count, by the map's name. */
	readonly mapUnit?: (
		call: CheckCall,
	) => { readonly map: string; readonly unit: string } | undefined;
	/** Has no value of its own, but members that are known when compiling. */
	readonly members?: (
		settings: CheckSettings,
	) => ReadonlyMap<string, bigint | string | boolean>;
	/** Folds to a constant when compiling, where it can. */
	readonly fold?: (call: CheckCall) => bigint | string | boolean | undefined;
	/** Result is a scalar: its C rvalue. */
	readonly emitScalar?: (emitter: Emitter, call: EmitCall) => string;
	/** Result lives in memory: write `sizeOf(type)` bytes at `dest`. */
	readonly emitInto?: (emitter: Emitter, call: EmitCall, dest: string) => void;
	/** A program that calls it runs no more after that. */
	readonly endsRun?: boolean;
	/** No result. */
	readonly emitStatement?: (emitter: Emitter, call: EmitCall) => void;
	readonly aggregate?: AggregateDefinition;
	readonly opaque?: OpaqueDefinition;
	/** Takes the builtin's events at run time. */
	readonly handle?: (event: HostEvent, host: Host) => void;
}

// The Plan: the only contract between compiler and run time. Plain JSON-serialisable data that goes with one compiled
// BPF object. The run time needs nothing else: no AST, no types, no clang.
import type { StackMode } from "./base/stack-modes.ts";
import type { NamedLayoutField, ValueLayout } from "./types/value-layout.ts";

/** Raised whenever a field changes meaning; caches and recordings of another version are not read. */
export const PLAN_VERSION = 1;

export interface Plan {
	readonly version: typeof PLAN_VERSION;
	readonly programs: readonly ProgramPlan[];
	readonly maps: readonly MapPlan[];
	/** Indexed by the u32 at the start of every ring-buffer record. */
	readonly events: readonly EventPlan[];
	readonly attach: readonly AttachRequest[];
	readonly settings: Settings;
	/** Feature rows (see `kask --info`) without which the object can't be loaded. */
	readonly needs: readonly string[];
	/** What came of `a ?? b`, where the script has any. */
	readonly choices?: readonly ChoicePlan[];
}

/** The first alternative that the machine has, and why those before it were passed over. */
export interface ChoicePlan {
	/** As written. */
	readonly probe: string;
	readonly passed: readonly { readonly probe: string; readonly why: string }[];
	readonly place: Place;
}

/** Run-time settings after config block, environment and command line have been merged. */
export interface Settings {
	readonly license: string;
	readonly printMapsOnExit: boolean;
	readonly missingProbes: "error" | "warn" | "ignore";
	readonly strTruncTrailer: string;
	/** Bytes; `cat()` stops there. */
	readonly maxCatBytes: number;
	/** Bytes of the ring buffer: a power of two and a multiple of the page size. 0 when the object has none. */
	readonly ringBytes: number;
	readonly stackMode: StackMode;
	readonly lazySymbolication: boolean;
	readonly cppDemangle: boolean;
	readonly showDebugInfo: boolean;
	/** Bytes of the verifier's log. */
	readonly logSize: number;
}

export interface ProgramPlan {
	/** The function's name in the object. */
	readonly symbol: string;
	/** The ELF section, as libbpf reads it: `kprobe`, `tp`, `raw_tp`, `perf_event`, `fentry/vfs_read`, `uprobe`, `iter/task`. */
	readonly section: string;
	/** The probe as written, for reports. */
	readonly probe: string;
	/** Where it stands in the script. */
	readonly place: Place;
}

export interface Place {
	readonly file: string;
	/** 1-based. */
	readonly line: number;
	readonly column: number;
}

export type BpfMapType =
	| "hash"
	| "percpu_hash"
	| "lru_hash"
	| "lru_percpu_hash"
	| "array"
	| "percpu_array"
	| "stack_trace"
	| "ringbuf"
	| "perf_event_array"
	| "prog_array"
	| "array_of_maps"
	| "hash_of_maps";

/**
 * A BPF map. `role` says who uses it: `script` maps are what the script calls `@name`; the others serve the run time:
 * `ring` (events), `packets` (events with a piece of a packet behind them), `stacks`, `scratch`, `searches` (for room in a map that keeps its places), `counters` (losses, see CounterPlan), `facts` (an array of u64s, written by the
 * run time before any program runs: see base/run-facts.ts), `unwind` (written by the run time while programs run: see
 * base/unwind-tables.ts).
 */
export interface MapPlan {
	readonly symbol: string;
	readonly role:
		| "script"
		| "ring"
		| "packets"
		| "stacks"
		| "scratch"
		| "searches"
		| "counters"
		| "facts"
		| "unwind";
	readonly type: BpfMapType;
	/** Bytes, the bucket number included. */
	readonly keySize: number;
	/** Bytes of one CPU's value. */
	readonly valueSize: number;
	readonly maxEntries: number;
	/** Set for `script` maps only. */
	readonly script?: ScriptMap;
	/** Set for the `counters` map only: its cells by index. */
	readonly counters?: readonly CounterPlan[];
}

export interface ScriptMap {
	/** Without the `@`; the anonymous map is "". */
	readonly name: string;
	/** What its numbers count, where the script says so: `us`. */
	readonly unit?: string;
	/** No key at all: one cell, printed as `@name: value`. */
	readonly scalar: boolean;
	/** Absent for scalars. A tuple here is what `@x[a, b]` has: printed without parentheses. */
	readonly key?: ValueLayout;
	readonly value:
		| { readonly kind: "plain"; readonly layout: ValueLayout }
		| {
				readonly kind: "aggregate";
				/** The builtin that made it: `count`, `hist` … */
				readonly name: string;
				readonly params: Readonly<Record<string, string | number | boolean>>;
				readonly signed: boolean;
		  };
	/**
	 * Bucketed aggregates (hist, lhist, tseries): one map element per key and bucket. The bucket is a u32: the last
	 * four bytes of a hash key (at `keySize - 4`), or the index of an array when the map is scalar.
	 */
	readonly bucketed: boolean;
	/** Set where deleted elements stay: behind the value is a u64, which is 1 only for those that are there. */
	readonly keepsPlaces?: true;
}

/** A u64 per CPU that counts what was lost, and why. */
export interface CounterPlan {
	readonly reason:
		| "ring-full"
		| "map-full"
		| "stack-lost"
		| "process-unknown"
		| "string-truncated"
		| "read-failed"
		| "key-missing"
		| "return-code"
		| "loop-cut"
		| "divide-by-zero"
		| "out-of-bounds";
	/** Script name of the map, for `map-full` and `key-missing`. */
	readonly map?: string;
	/** Where in the script, for what an expression can do wrong. */
	readonly place?: Place;
	/** The kernel's function that failed: `probe_read_user`. What it returned last is in the next cell, a `return-code`. */
	readonly helper?: string;
}

/** One kind of ring-buffer record: u32 event index, u32 reserved, then the fields. */
export interface EventPlan {
	/** The builtin whose `handle` takes it: `printf`, `print`, `exit`, `time` … */
	readonly builtin: string;
	/** Bytes of the whole record, header included. */
	readonly size: number;
	/** Offsets count from the start of the record. */
	readonly fields: readonly NamedLayoutField[];
	/** What was known when compiling: the format string, the map's name … */
	readonly params: Readonly<Record<string, JsonValue>>;
	readonly place: Place;
}

export type JsonValue =
	| string
	| number
	| boolean
	| null
	| readonly JsonValue[]
	| { readonly [name: string]: JsonValue };

/** Attach one program to one or many places of one kind. */
export interface AttachRequest {
	/** Index into `programs`. */
	readonly program: number;
	readonly target: AttachTarget;
	/** The probe's full name as `probe` gives it, for example `kprobe:vfs_read`. */
	readonly probe: string;
	/** Handed to the program by `bpf_get_attach_cookie`; its index into the names that `probe` and `func` print. */
	readonly cookie?: number;
	/** The pattern that it was found by. Of what matches a pattern, the kernel may refuse some. */
	readonly wildcard?: string;
	readonly place: Place;
}

export type AttachTarget =
	| { readonly kind: "begin" | "end" }
	| { readonly kind: "signal"; readonly signal: string }
	| { readonly kind: "test" | "bench"; readonly name: string }
	| {
			readonly kind: "tracepoint";
			readonly category: string;
			readonly event: string;
	  }
	| { readonly kind: "raw_tracepoint"; readonly name: string }
	/** `offset` in bytes from the function's start. */
	| {
			readonly kind: "kprobe";
			readonly function: string;
			readonly module?: string;
			readonly offset: number;
			readonly ret: boolean;
	  }
	/** An instruction of the kernel, by its address in hexadecimal. */
	| { readonly kind: "kprobe_address"; readonly address: string }
	/** The section names the tracepoint; all requests of one program share one link. */
	| { readonly kind: "btf_tracepoint" }
	/** Program type tracing: fentry, fexit, iterators. The section names the function. */
	| {
			readonly kind: "tracing";
			/** Set for a function of a BPF program that is running already. */
			readonly bpfProgram?: { readonly id: number; readonly function: string };
	  }
	| { readonly kind: "iter"; readonly pin?: string }
	/** `offset` is a file offset in bytes; `semaphore` the file offset of a USDT semaphore, 0 for none. */
	| {
			readonly kind: "uprobe";
			readonly path: string;
			readonly offset: number;
			readonly ret: boolean;
			readonly semaphore: number;
			/** Only this process; -1 for all. */
			readonly pid: number;
	  }
	/** `every` is nanoseconds for `period`, samples per second for `frequency`. */
	| {
			readonly kind: "interval" | "profile";
			readonly unit: "period" | "frequency";
			readonly every: number;
	  }
	/** `address` in hexadecimal; `mode` of the letters r, w and x. */
	| {
			readonly kind: "watchpoint";
			readonly address: string;
			readonly length: 1 | 2 | 4 | 8;
			readonly mode: string;
			readonly pid: number;
	  }
	/** perf_event_open's type and config; `period` in events. */
	| {
			readonly kind: "perf_event";
			readonly type: number;
			readonly config: number;
			readonly period: number;
			readonly pid: number;
	  };

// What the run time offers to builtins: output, maps, symbols, clocks. Builtins never touch the kernel themselves.
import type { NamedLayoutField, ValueLayout } from "../types/value-layout.ts";

/** One ring-buffer record, valid only during the call. */
export interface HostEvent {
	readonly view: DataView;
	/** Where the record starts in `view`. */
	readonly start: number;
	readonly fields: readonly NamedLayoutField[];
	readonly params: Readonly<Record<string, unknown>>;
	readonly place: {
		readonly file: string;
		readonly line: number;
		readonly column: number;
	};
}

export interface Host {
	readonly out: Output;
	readonly maps: MapStore;
	readonly symbols: Symbols;
	readonly settings: HostSettings;
	/** Text of any value, as `print` and map printing give it. */
	text(view: DataView, offset: number, layout: ValueLayout): string;
	/** The same for JSON. */
	json(view: DataView, offset: number, layout: ValueLayout): unknown;
	/** Formats by a printf format; compiled once per format and field list. */
	format(format: string, event: HostEvent): string;
	/** Wall-clock nanoseconds since the epoch of a `nsecs` (boot-time clock) value. */
	wallClock(bootNanoseconds: bigint): bigint;
	/** Ends the run after the current drain, with that exit code. */
	exit(code: number): void;
	/** Runs a shell command (`--unsafe` was checked when compiling) and prints its output in order. */
	shell(command: string): void;
}

export interface HostSettings {
	readonly strTruncTrailer: string;
	/** Bytes. */
	readonly maxCatBytes: number;
	readonly stackMode: string;
	/** Names of the probes by attach cookie, for `probe` and `func`. */
	readonly probeNames: readonly string[];
}

/** Where lines go. `type` is the JSON record's type: `printf`, `time`, `cat`, `join`, `syscall`, `value`. */
export interface Output {
	/** Text as it is (no line end is added); one JSON record under `-f json`. */
	text(type: string, text: string): void;
	/** `print(value)`. */
	value(text: string, json: unknown): void;
	/** A printf-like message for stderr, with its place. */
	message(severity: "warning" | "error", text: string): void;
}

export interface MapStore {
	/** Prints one map as `print` does: at most `top` entries, values divided by `div`. */
	print(name: string, top: number, div: number): void;
	clear(name: string): void;
	zero(name: string): void;
}

export interface Symbols {
	/** `vfs_read+16`, or the address in hexadecimal. */
	kernel(address: bigint, offset: boolean): string;
	/** The symbol of an address in a process; `0x…` when it is not known. */
	user(address: bigint, pid: number): string;
	/** Addresses of a stored stack, innermost first. */
	stack(map: string, id: number): readonly bigint[];
	/** One text line per frame, for `kstack`, in the given mode. */
	kernelStack(addresses: readonly bigint[], mode: string): string;
	userStack(addresses: readonly bigint[], pid: number, mode: string): string;
}

/** One key's cells, all CPUs merged by adding u64 words is not always right, so each CPU's cell is given. */
export interface MergedCells {
	/** Plain cells: one per CPU, each `size` bytes. Empty for bucketed aggregates. */
	readonly perCpu: readonly DataView[];
	/** Bucketed aggregates: bucket → events and sum over all CPUs. Empty for plain ones. */
	readonly buckets: ReadonlyMap<
		number,
		{ readonly count: bigint; readonly sum: bigint }
	>;
}

/** What one key of an aggregation comes out as. */
export interface RenderedAggregate {
	/** For sorting maps by value. */
	readonly order: bigint;
	/** One line (`42`), or several for histograms; without a trailing line end. `div` as in print(map, top, div). */
	readonly text: (div: number) => string;
	/** True where the text is a block of lines under `@map:`. */
	readonly multiline: boolean;
	/** Value in the JSON record. */
	readonly json: (div: number) => unknown;
	/** JSON record type: `map`, `hist`, `stats`, `tseries`. */
	readonly jsonType: "map" | "hist" | "stats" | "tseries";
}

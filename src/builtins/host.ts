// What the run time offers to builtins: output, maps, symbols, clocks. Builtins never touch the kernel themselves.
// All texts that go to stdout are byte strings (see base/byte-text.ts): one char per byte.
import type { JsonTree } from "../base/json-tree.ts";
import type { NamedLayoutField, ValueLayout } from "../types/value-layout.ts";

/** One ring-buffer record, valid only during the call. */
export interface HostEvent {
	readonly view: DataView;
	/** Where the record starts in `view`. */
	readonly start: number;
	readonly fields: readonly NamedLayoutField[];
	readonly params: Readonly<Record<string, unknown>>;
	readonly place: EventPlace;
}

/** Where in the script an event comes from; line and column are 1-based. */
export interface EventPlace {
	readonly file: string;
	readonly line: number;
	readonly column: number;
	/** `1:9-62` or `1-3` where the end matters too. */
	readonly range?: string;
	/** Calls of macros that led there: `-e:1:50-55`, then on lines of their own the script's and what of it is meant. */
	readonly expanded?: readonly string[];
}

export interface Host {
	readonly out: Output;
	readonly maps: MapStore;
	readonly sorted: LineStore;
	readonly symbols: Symbols;
	readonly settings: HostSettings;
	/** Text of any value, as `print` and map printing give it. */
	text(view: DataView, offset: number, layout: ValueLayout): string;
	/** The same for JSON. */
	json(view: DataView, offset: number, layout: ValueLayout): JsonTree;
	/** Formats by a printf format; compiled once per format and field list. */
	format(format: string, event: HostEvent): string;
	/** Wall-clock nanoseconds since the epoch of a `nsecs` (boot-time clock) value. */
	wallClock(bootNanoseconds: bigint): bigint;
	/** Nanoseconds since the epoch, now. */
	now(): bigint;
	/** The first `limit` bytes of a file; the reason as text where it can't be read. */
	readFile(path: string, limit: number): FileResult;
	/** A user's name by uid; "" when there is none. */
	userName(uid: number): string;
	/** Where a cgroup lies in the mounted hierarchies that match the wildcard `filter`: `unified:/system.slice`. */
	cgroupPath(id: bigint, filter: string): string;
	/**
	 * Appends a packet to a capture file (pcap, raw IP), which is made anew the first time; `time` is nanoseconds since
	 * the epoch. The reason as text where the file can't be written, told once.
	 */
	writePacket(
		path: string,
		time: bigint,
		packet: Uint8Array,
	): string | undefined;
	/** Ends the run after the current drain, with that exit code. */
	exit(code: number): void;
	/** Runs a shell command (`--unsafe` was checked when compiling) and waits; its stdout. */
	shell(command: string): string;
}

export type FileResult =
	| { readonly ok: true; readonly bytes: string }
	| { readonly ok: false; readonly reason: string };

export interface HostSettings {
	readonly strTruncTrailer: string;
	/** Bytes. */
	readonly maxCatBytes: number;
	readonly stackMode: string;
	/** Names of the probes by attach cookie, for `probe` and `func`. */
	readonly probeNames: readonly string[];
}

/** JSON record types that carry one text. */
export type TextRecord = "printf" | "time" | "cat" | "join" | "syscall";

/** Where lines go. */
export interface Output {
	/** Text as it is (`join` and `syscall` get a line end); one JSON record under `-f json`. */
	text(type: TextRecord, text: string): void;
	/** `print(value)`: asks the format for text or JSON, whichever it needs. */
	value(text: () => string, json: () => JsonTree): void;
	/** A script's own message (`errorf`, `warnf`), or one about what a builtin could not do: stderr, with its place. */
	message(severity: "warning" | "error", text: string, place: EventPlace): void;
}

export interface RowOrder {
	/** Only so many, those with the greatest values; 0 for all. */
	readonly top: number;
	/** At least 1. */
	readonly div: number;
	/** The greatest value comes last. */
	readonly ascending: boolean;
}

export interface MapStore {
	/** Prints one map as `print` does: the `top` greatest entries (0: all), values divided by `div` (0 as 1). */
	print(name: string, top: number, div: number): void;
	/** Prints a histogram map as bcc's tools do, values being of that unit; `label` names what the keys are; "" says nothing of them. */
	printTable(name: string, unit: string, label?: string): void;
	/** Prints each entry by a format over the parts of its key and its value; see print_rows(). */
	printRows(name: string, format: string, order: RowOrder): void;
	clear(name: string): void;
	zero(name: string): void;
}

/** Lines of a table, kept until all of them are there. */
export interface LineStore {
	add(order: bigint, text: string): void;
	/** All lines since the last time, greatest order first, equal ones as they came. */
	take(): readonly string[];
}

/** Names are texts, not byte strings: their renderers make bytes of them. */
export interface Symbols {
	/** `vfs_read+16`, or the address in hexadecimal. */
	kernel(address: bigint, offset: boolean): string;
	/** The symbol of an address in a process; `0x…` when it is not known. */
	user(address: bigint, pid: number): string;
	/** Addresses of a stored stack, innermost first. */
	stack(map: string, id: number): readonly bigint[];
	/** A line end, then one line per frame, each ended: in mode `bpftrace` indented by eight blanks. */
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
	/**
	 * `42` on the line of its key, without a line end; multi-line ones are whole lines, each with its line end.
	 * `div` as in print(map, top, div).
	 */
	readonly text: (div: number) => string;
	/** True where the text is a block of lines under `@map:`. */
	readonly multiline: boolean;
	/** Those that come out as numbers: these, the one that rows are sorted by last. */
	readonly numbers?: readonly bigint[];
	/** Histograms: undefined for an empty one. */
	readonly summary?: () => HistogramSummary | undefined;
	/** Histograms: the table that bcc's tools print, with its heading; whole lines. */
	readonly table?: (unit: string) => string;
	/** Value in the JSON record. */
	readonly json: (div: number) => JsonTree;
	/** JSON record type: `map`, `hist`, `stats`, `tseries`. */
	readonly jsonType: "map" | "hist" | "stats" | "tseries";
}

export interface HistogramSummary {
	readonly count: bigint;
	readonly sum: bigint;
	/** Exact, rounded towards zero. */
	readonly mean: bigint;
	/** Estimates: `["p50", 47n]`. */
	readonly percentiles: readonly (readonly [name: string, value: bigint])[];
}

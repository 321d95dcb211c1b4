// What the code generator offers to builtins.
import type { Span } from "../base/source.ts";
import type { TypeSource } from "../types/type-source.ts";
import type { StructType, Type } from "../types/types.ts";
import type { MapFacts, ProbeFacts, TypedExpr } from "./definition.ts";
import type { MachineFacts } from "./machine.ts";

/** One call being emitted. */
export interface EmitCall {
	readonly args: readonly TypedExpr[];
	readonly type: Type;
	readonly span: Span;
	/** Calls of the macros that it stands in, the innermost first. */
	readonly callers?: readonly Span[] | undefined;
	readonly probe: ProbeFacts;
	/** `emitInto`: bytes after a string's NUL may be anything, since the value is only printed. */
	readonly loose?: boolean;
}

/**
 * What the code generator offers to builtins. All C texts it hands out are safe expressions.
 * Scalars are C `s64` (signed integers) or `u64` (all else); memory values live behind `char *` expressions.
 */
export interface Emitter {
	readonly probe: ProbeFacts;
	/** The program's context, a `void *`: `ctx`. */
	readonly context: string;
	/** C rvalue of a scalar expression. */
	scalar(e: TypedExpr): string;
	readonly types: TypeSource;
	readonly machine: MachineFacts;
	/** Bytes that text takes where nothing says how long it is. */
	readonly maxStrlen: number;
	/** A `char *` to BPF memory that holds the value (a temporary where need be); `loose` as in EmitCall. */
	memory(e: TypedExpr, loose?: boolean): string;
	/** C scalar: where a place is, be it in the kernel, in a process or in memory of our own. */
	address(e: TypedExpr): string;
	/**
	 * A kernel struct in C with these of its members, which are found by name when the program is loaded:
	 * `struct task_struct`. Pointers among them are `void *`.
	 */
	kernelStruct(type: StructType, members: readonly string[]): string;
	/** Writes exactly `sizeOf(e.type)` bytes at `dest`, padding zeroed. */
	into(e: TypedExpr, dest: string): void;
	/** Adds a line of C. */
	line(text: string): void;
	/** `head { body }` */
	block(head: string, body: () => void): void;
	/** A fresh local of that C type; `name` says what it is called where that is free. */
	local(cType: string, init?: string, name?: string): string;
	/** Fresh memory, aligned to 8 bytes, on the stack or in the per-CPU scratch map; its content is undefined. A `char *` expression. */
	buffer(size: number): string;
	/** Computed once at the program's top, however often it is asked for; the same key gives the same local. */
	once(key: string, cType: string, init: string): string;
	/** Zeroes memory; inline where there is little of it. */
	zero(dest: string, size: number): void;
	/** Copies memory; inline where there is little of it. */
	copy(dest: string, from: string, size: number): void;
	/** Makes a header of bpf-templates available: `"stacks"` for `stacks.bpf.h`. */
	include(template: string): void;
	/** A C scalar: 1 where two strings agree in their first `limit` bytes, or up to a common end before that. */
	stringsEqual(a: TypedExpr, b: TypedExpr, limit: number): string;
	/** Address of a kernel symbol, found when the program is loaded: a C scalar. */
	kernelAddress(symbol: string): string;
	/** Address of a kernel variable as its BTF type has it, for helpers that want to know it: a `const void *`. */
	kernelVariable(name: string, type: Type): string;
	/** Deletes a key with all that is kept under it; a C scalar, not 0 where there was one, if that is `used`. */
	deleteKey(map: MapFacts, keys: TypedExpr | undefined, used?: boolean): string;
	/** Puts the value under a key into the variable `target`; a C scalar, not 0 where there was one. */
	findValue(
		map: MapFacts,
		keys: TypedExpr | undefined,
		target: TypedExpr,
	): string;
	/** A C scalar, not 0 where the map holds the key. */
	hasKey(map: MapFacts, keys: TypedExpr | undefined): string;
	/** Nanoseconds of wall-clock time, or what the map says that stands for the clock: a C scalar. */
	wallClock(): string;
	/** How many elements a map has, counted one by one: a C scalar. */
	countElements(map: MapFacts): string;
	/** Address of a map that serves a builtin, made on first use: `&stacks_127`. */
	auxiliaryMap(map: AuxiliaryMap): string;
	/** C of a helper's call that is negative when it fails; under `-k` failures are counted. */
	attempt(call: string): string;
	/** A statement that counts one loss. */
	countLoss(
		reason:
			| "ring-full"
			| "map-full"
			| "stack-lost"
			| "process-unknown"
			| "string-truncated"
			| "read-failed",
	): void;
	/**
	 * Sends one event to the builtin's `handle`. Fields are written in place in the ring buffer; `whenFull` adds to what
	 * is done where it has no room.
	 */
	event(
		builtin: string,
		params: EventParams,
		fields: readonly EventField[],
		span: Span,
		whenFull?: () => void,
	): void;
	/**
	 * Sends an event to the builtin's `handle` with bytes of a packet behind its two fields, `time` (boot-time clock) and
	 * `length`: a C scalar, below zero where that failed.
	 */
	packet(
		builtin: string,
		params: EventParams,
		packet: TypedExpr,
		length: TypedExpr,
		span: Span,
	): string;
	/** Leaves the program: the C `return`. */
	leave(): void;
}

export type EventParams = Readonly<
	Record<
		string,
		string | number | boolean | null | readonly (string | number)[]
	>
>;

export interface EventField {
	readonly name: string;
	/** With `write`, only its type counts. */
	readonly value: Pick<TypedExpr, "type" | "span"> & Partial<TypedExpr>;
	/** Fills the field itself: lines that write exactly `sizeOf(value.type)` bytes at `dest`, which is aligned to 8. */
	readonly write?: (emitter: Emitter, dest: string) => void;
}

export interface AuxiliaryMap {
	readonly symbol: string;
	readonly role: "stacks" | "searches" | "facts" | "packets";
	readonly type:
		| "stack_trace"
		| "percpu_array"
		| "hash"
		| "array"
		| "lru_hash"
		| "perf_event_array";
	readonly keySize: number;
	readonly valueSize: number;
	readonly maxEntries: number;
}

// The one type system, shaped like BTF, and plain data throughout so that it can stand in a Plan.
// Kernel types, a script's own C types and the language's types are all this. Sizes and offsets are in bytes.

/** Where a pointer points to: how it must be read (`bpf_probe_read_kernel`, `_user`, or what tells by the address), or directly. */
export type AddressSpace = "kernel" | "user" | "either" | "none";

export interface IntType {
	readonly kind: "int";
	readonly size: 1 | 2 | 4 | 8;
	readonly signed: boolean;
	/** `char`: arrays of it are strings. */
	readonly char?: boolean;
	/** From non-negative literals alone: takes the sign of whatever it meets. */
	readonly flexible?: boolean;
}
export interface BoolType {
	readonly kind: "bool";
}
/** No value: the type of statements such as `printf(…)`. */
export interface VoidType {
	readonly kind: "void";
}
/** NUL-terminated text in `size` bytes, the NUL included. */
export interface StringType {
	readonly kind: "string";
	readonly size: number;
	/** An array of a C struct may be full to its last byte, without a NUL. */
	readonly mayFill?: true;
}
/** `u32 length`, then `size` bytes of which `length` count. */
export interface BufferType {
	readonly kind: "buffer";
	readonly size: number;
}
export interface PointerType {
	readonly kind: "pointer";
	readonly to: Type;
	readonly space: AddressSpace;
	/** True when the verifier knows the pointee by BTF, so that a plain load is allowed (fentry, raw tracepoint args, curtask). */
	readonly trusted?: boolean;
}
export interface ArrayType {
	readonly kind: "array";
	readonly of: Type;
	readonly count: number;
}
/** A struct or union by name; its members are asked of the type source (`TypeSource.record`). */
export interface StructType {
	readonly kind: "struct" | "union";
	/** `task_struct`; anonymous ones carry a name made unique by their source, beginning with `(anon`. */
	readonly name: string;
	/** Who defines it. */
	readonly origin: TypeOrigin;
	readonly size: number;
	/** As its members tell; 8 where it is left out. */
	readonly align?: 1 | 2 | 4 | 8;
}
export interface EnumType {
	readonly kind: "enum";
	readonly name: string;
	readonly origin: TypeOrigin;
	readonly size: 1 | 2 | 4 | 8;
	readonly signed: boolean;
}
/** `kernel`: vmlinux or module BTF. `script`: definitions in the script. `tracepoint:…`, `args:…`: made for a probe. */
export type TypeOrigin = string;
export interface TupleType {
	readonly kind: "tuple";
	readonly elements: readonly Type[];
}
/** A tuple with named elements. */
export interface RecordType {
	readonly kind: "record";
	readonly fields: readonly { readonly name: string; readonly type: Type }[];
}
/**
 * A value of a meaning of its own, whose bytes are plain but whose text is made by its renderer
 * (`ksym`, `usym`, `inet`, `mac`, `kstack`, `ustack`, `timestamp`, `username`, `strerror`, `cgroup_path` …).
 * The builtin that defines it says its size and how it is rendered; `params` are known when compiling.
 */
export interface OpaqueType {
	readonly kind: "opaque";
	readonly name: string;
	readonly size: number;
	readonly align: 1 | 2 | 4 | 8;
	readonly params: Readonly<Record<string, string | number | boolean>>;
}
/** What an aggregation keeps in a map. `name` is the builtin; only maps hold it. */
export interface AggregateType {
	readonly kind: "aggregate";
	readonly name: string;
	readonly params: Readonly<Record<string, string | number | boolean>>;
	/** The type of what is aggregated: sign and size matter. */
	readonly of: IntType;
}
export type Type =
	| IntType
	| BoolType
	| VoidType
	| StringType
	| BufferType
	| PointerType
	| ArrayType
	| StructType
	| EnumType
	| TupleType
	| RecordType
	| OpaqueType
	| AggregateType;

/** A member of a struct or union. */
export interface Member {
	/** "" for an anonymous struct or union, whose members count as the outer one's. */
	readonly name: string;
	readonly type: Type;
	/** Bytes from the start of the record (of the storage unit for bit-fields). */
	readonly offset: number;
	/** Bit-fields: first bit from the record's start, and width. */
	readonly bits?: { readonly offset: number; readonly size: number };
	/** `__data_loc` fields of tracepoints: a u32, offset in the low half, length in the high half. */
	readonly dataLoc?: "absolute" | "relative";
}
export interface StructBody {
	readonly type: StructType;
	readonly members: readonly Member[];
}

export const voidType: VoidType = { kind: "void" };
export const boolType: BoolType = { kind: "bool" };
export const int8: IntType = { kind: "int", size: 1, signed: true };
export const int16: IntType = { kind: "int", size: 2, signed: true };
export const int32: IntType = { kind: "int", size: 4, signed: true };
export const int64: IntType = { kind: "int", size: 8, signed: true };
export const uint8: IntType = { kind: "int", size: 1, signed: false };
export const uint16: IntType = { kind: "int", size: 2, signed: false };
export const uint32: IntType = { kind: "int", size: 4, signed: false };
export const uint64: IntType = { kind: "int", size: 8, signed: false };

export function intType(size: 1 | 2 | 4 | 8, signed: boolean): IntType {
	return { kind: "int", size, signed };
}
export function stringType(size: number): StringType {
	return { kind: "string", size };
}
export function pointerTo(
	to: Type,
	space: AddressSpace = "kernel",
	trusted = false,
): PointerType {
	return trusted
		? { kind: "pointer", to, space, trusted }
		: { kind: "pointer", to, space };
}

/** Deep equality. Types are small plain trees, so this is cheap. */
export function sameType(a: Type, b: Type): boolean {
	return sameTree(a, b);
}

/** What is undefined is as good as not there. */
function sameTree(a: unknown, b: unknown): boolean {
	if (a === b) return true;
	if (typeof a !== "object" || typeof b !== "object") return false;
	if (a === null || b === null) return false;
	const [one, other] = [a as Tree, b as Tree];
	for (const key in one) if (!sameTree(one[key], other[key])) return false;
	for (const key in other)
		if (one[key] === undefined && other[key] !== undefined) return false;
	return true;
}

type Tree = Readonly<Record<string, unknown>>;

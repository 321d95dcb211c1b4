// Where types come from: kernel BTF, a script's own C, tracepoint formats. One interface over all of them.
import type { EnumType, Member, StructType, Type } from "./types.ts";

/** A function's parameters and result, from BTF or DWARF. */
export interface FunctionSignature {
	readonly name: string;
	readonly parameters: readonly {
		readonly name: string;
		readonly type: Type;
	}[];
	readonly returns: Type;
	/** Module that defines it; undefined for vmlinux. */
	readonly module?: string;
	/** Parameters, then `… retval`, as C declares them: for listings. */
	readonly declarations?: () => readonly string[];
}

/** Answers by name; undefined where the name is unknown. Lookups are lazy: nothing is read before it is asked. */
export interface TypeSource {
	/** `struct name` or `union name`; typedefs of structs too. */
	struct(kind: "struct" | "union", name: string): StructType | undefined;
	/** Members of a struct of this source. */
	members(type: StructType): readonly Member[];
	enum(name: string): EnumType | undefined;
	enumerators(
		type: EnumType,
	): readonly { readonly name: string; readonly value: bigint }[];
	/** A `typedef`ed name, resolved. */
	typedef(name: string): Type | undefined;
	/** The value of an enum constant of any enum, and its enum. */
	constant(
		name: string,
	): { readonly value: bigint; readonly type: Type } | undefined;
	/** Names for nearest-name suggestions. */
	names(kind: "struct" | "union" | "enum" | "typedef"): Iterable<string>;
}

/** What kernel BTF answers besides. */
export interface KernelTypeSource extends TypeSource {
	/** A traceable function's signature. */
	func(name: string, module?: string): FunctionSignature | undefined;
	functionNames(): Iterable<string>;
	/** Those of them that fentry and fexit can stand at. */
	trampolineNames(): Iterable<string>;
	/** Parameters of a raw tracepoint, from `btf_trace_NAME`, its leading `void *` dropped. */
	rawTracepoint(name: string): FunctionSignature | undefined;
	/** The whole definition in C, for listings; above it the module that has it, where that is not the kernel itself. */
	definition(
		kind: "struct" | "union" | "enum",
		name: string,
	): string | undefined;
	/** C that declares all types and constants named by one of the words, and what they lead to: a `vmlinux.h`. */
	header(words: ReadonlySet<string>): string;
	/** BTF type id of a function or type, for attaching by id. */
	typeId(kind: "func" | "struct", name: string): number | undefined;
	/** Type of a kernel variable (`kaddr`, `percpu`), if BTF has it. */
	variable(name: string): Type | undefined;
}

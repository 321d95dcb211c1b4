// The foreign function interface as the rest of the run time sees it: declared function tables, memory, errno.
// No type of any FFI package leaks from here, so that a fake can stand in and another package can take over.

/**
 * C types of parameters and results. `size` is any 64-bit integer whose values stay below 2^53 (long, size_t, off_t).
 * `pointer` takes an address, or bytes whose memory the callee may use until it returns.
 */
export type CType = "void" | "i32" | "u32" | "size" | "pointer" | "string";

export interface Declaration {
	readonly result: CType;
	readonly params: readonly CType[];
	/** The symbol in the library, when the table calls it otherwise. */
	readonly symbol?: string;
}

export type FunctionTable = Readonly<Record<string, Declaration>>;

interface ParameterTypes {
	void: never;
	i32: number;
	u32: number;
	size: number | bigint;
	pointer: bigint | Uint8Array | null;
	string: string | null;
}

interface ResultTypes {
	void: undefined;
	i32: number;
	u32: number;
	size: number;
	/** null for NULL. */
	pointer: bigint | null;
	string: string | null;
}

type Parameters<T extends readonly CType[]> = {
	-readonly [I in keyof T]: ParameterTypes[T[I]];
};

export type BoundFunction<D extends Declaration> = (
	...args: Parameters<D["params"]>
) => ResultTypes[D["result"]];

export interface Library<T extends FunctionTable> {
	readonly call: { readonly [K in keyof T]: BoundFunction<T[K]> };
}

/** Bytes outside of the moving part of the heap: the address stays valid as long as the object is referenced. */
export interface Memory {
	readonly address: bigint;
	readonly bytes: Uint8Array;
	readonly view: DataView;
}

/** Tells when a file descriptor is readable, through the event loop. */
export interface Watcher {
	start(onReadable: () => void): void;
	stop(): void;
	close(): void;
}

export interface Ffi {
	/** Loads the first library of `names` that is there; undefined when none is. Functions are bound at their first use. */
	load<const T extends FunctionTable>(
		names: readonly string[],
		table: T,
	): Library<T> | undefined;
	/** errno of the calling thread's last call. */
	errno(): number;
	allocate(bytes: number): Memory;
	/** Foreign memory without a copy. The caller keeps it mapped as long as the view is used. */
	view(address: bigint, bytes: number): ArrayBuffer;
	/** NUL-terminated text at an address. */
	readString(address: bigint): string;
	watch(fd: number): Watcher;
}

// The open door to the kernel: C library and libbpf together, as all that touches the kernel takes them.
import { Attr } from "../bpf/attr.ts";
import { fail, type Result, succeed } from "../result.ts";
import type { Ffi } from "./ffi.ts";
import { type LibbpfFunctions, loadLibbpf } from "./libbpf.ts";
import { type Libc, loadLibc, raiseFileLimit } from "./libc.ts";

export interface Kernel {
	readonly ffi: Ffi;
	readonly libc: Libc;
	readonly libbpf: LibbpfFunctions;
	/** How many files may be open at once. */
	readonly fileLimit: number;
	/** The function libbpf prints its messages with unless told otherwise. */
	readonly defaultPrinter: bigint | null;
	/** `struct bpf_object_open_opts`: its size, and the name that kernel objects carry. */
	readonly openOptions: Attr;
}

/** Loads both libraries. Call once per process. */
export function openKernel(ffi: Ffi): Result<Kernel> {
	const libc = loadLibc(ffi);
	if (!libc)
		return fail("E0701", {
			library: "the C library",
			why: `unknown on this processor (${process.arch})`,
		});
	const loaded = loadLibbpf(ffi);
	if (!loaded.ok) return loaded;
	const { call: libbpf, defaultPrinter } = loaded.value;
	const fileLimit = raiseFileLimit(libc);
	const openOptions = new Attr(ffi, OPEN_OPTIONS_BYTES)
		.u64(0, OPEN_OPTIONS_BYTES)
		.string(8, "kask");
	return succeed({
		ffi,
		libc,
		libbpf,
		fileLimit,
		defaultPrinter,
		openOptions,
	});
}

const OPEN_OPTIONS_BYTES = 80;

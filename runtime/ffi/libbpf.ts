// The part of libbpf that the run time needs: linking and reading objects, CO-RE relocation, creating maps, loading programs.
// Everything after that goes through bpf(2) itself, see bpf.ts.
import { fail, type Result, succeed } from "../result.ts";
import { captureStderr } from "./capture.ts";
import type { Ffi, Library } from "./ffi.ts";
import type { Libc } from "./libc.ts";

const table = {
	libbpf_version_string: { result: "string", params: [] },
	libbpf_set_print: { result: "pointer", params: ["pointer"] },
	bpf_object__open_mem: {
		result: "pointer",
		params: ["pointer", "size", "pointer"],
	},
	bpf_object__load: { result: "i32", params: ["pointer"] },
	bpf_object__close: { result: "void", params: ["pointer"] },
	bpf_object__next_program: {
		result: "pointer",
		params: ["pointer", "pointer"],
	},
	bpf_object__next_map: { result: "pointer", params: ["pointer", "pointer"] },
	bpf_program__name: { result: "string", params: ["pointer"] },
	bpf_program__fd: { result: "i32", params: ["pointer"] },
	bpf_program__set_autoload: { result: "i32", params: ["pointer", "i32"] },
	bpf_program__set_type: { result: "i32", params: ["pointer", "i32"] },
	bpf_program__set_expected_attach_type: {
		result: "i32",
		params: ["pointer", "i32"],
	},
	bpf_program__set_attach_target: {
		result: "i32",
		params: ["pointer", "i32", "string"],
	},
	bpf_program__set_log_buf: {
		result: "i32",
		params: ["pointer", "pointer", "size"],
	},
	bpf_program__set_log_level: { result: "i32", params: ["pointer", "u32"] },
	bpf_linker__new: { result: "pointer", params: ["string", "pointer"] },
	bpf_linker__add_file: {
		result: "i32",
		params: ["pointer", "string", "pointer"],
	},
	bpf_linker__finalize: { result: "i32", params: ["pointer"] },
	bpf_linker__free: { result: "void", params: ["pointer"] },
	libbpf_find_vmlinux_btf_id: { result: "i32", params: ["string", "i32"] },
	bpf_map__name: { result: "string", params: ["pointer"] },
	bpf_map__fd: { result: "i32", params: ["pointer"] },
	bpf_map__set_max_entries: { result: "i32", params: ["pointer", "u32"] },
	bpf_map__set_autocreate: { result: "i32", params: ["pointer", "i32"] },
} as const;

export type LibbpfFunctions = Library<typeof table>["call"];

export interface Libbpf {
	readonly call: LibbpfFunctions;
	/** The function it prints its messages with unless told otherwise. */
	readonly defaultPrinter: bigint | null;
}

const libbpfName = "libbpf.so.1";
const loaded = new WeakMap<Ffi, Libbpf>();

/** Loads libbpf and quietens it. */
export function loadLibbpf(ffi: Ffi): Result<Libbpf> {
	const known = loaded.get(ffi);
	if (known) return succeed(known);
	const library = ffi.load([libbpfName], table);
	if (!library)
		return fail("E0701", { library: libbpfName, why: "it is not installed" });
	const { call } = library;
	const libbpf = { call, defaultPrinter: call.libbpf_set_print(null) };
	loaded.set(ffi, libbpf);
	return succeed(libbpf);
}

/** What `run` does, with what libbpf has to say meanwhile. */
export function withMessages<T>(
	libc: Libc,
	{ call, defaultPrinter }: Libbpf,
	run: () => T,
): { readonly result: T; readonly text: string } {
	return captureStderr(libc, () => {
		call.libbpf_set_print(defaultPrinter);
		try {
			return run();
		} finally {
			call.libbpf_set_print(null);
		}
	});
}

// The part of libbpf that the run time needs: reading the object, CO-RE relocation, creating maps, loading programs.
// Everything after that goes through bpf(2) itself, see bpf.ts.
import type { Ffi, Library } from "./ffi.ts";

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
	libbpf_find_vmlinux_btf_id: { result: "i32", params: ["string", "i32"] },
	bpf_map__name: { result: "string", params: ["pointer"] },
	bpf_map__fd: { result: "i32", params: ["pointer"] },
	bpf_map__set_max_entries: { result: "i32", params: ["pointer", "u32"] },
	bpf_map__set_autocreate: { result: "i32", params: ["pointer", "i32"] },
} as const;

export type LibbpfFunctions = Library<typeof table>["call"];

export const libbpfNames = ["libbpf.so.1"] as const;

/** Loads libbpf; undefined when it is not installed. */
export function loadLibbpf(ffi: Ffi): Library<typeof table> | undefined {
	return ffi.load(libbpfNames, table);
}

// A C library of a script (`import "helpers.bpf.c"`) to a BPF object, ready to be linked with the script's own.
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { KernelTypeSource } from "../../src/types/type-source.ts";
import {
	type ClangMessage,
	readClangMessages,
} from "../c-types/clang-messages.ts";
import { type ClangRun, clangOn, libcFlags } from "../c-types/run-clang.ts";

export interface LibraryRequest {
	/** Absolute path of the source. */
	readonly path: string;
	/** `-I` */
	readonly includeDirectories: readonly string[];
	/** The kernel's types, for a source that includes vmlinux.h. */
	readonly kernel: KernelTypeSource | undefined;
	/** A folder of our own, for headers. */
	readonly folder: string;
}

export type LibraryResult =
	/** `kernelHeader` is the vmlinux.h that it has included; empty where it has not. */
	| {
			readonly ok: true;
			readonly object: Uint8Array;
			readonly kernelHeader: string;
	  }
	/** `missing` tells why clang did not start, `said` what it said of no place. */
	| {
			readonly ok: false;
			readonly missing?: string;
			readonly errors: readonly ClangMessage[];
			readonly said: string;
	  };

const flags = [
	"-target",
	"bpf",
	"-mcpu=v3",
	"-O2",
	"-g",
	"-std=gnu11",
	"-w",
	"-ferror-limit=0",
	"-fno-caret-diagnostics",
	"-fno-color-diagnostics",
];

/** Compiles it. Blocks while clang runs twice: what the source names is known only with all its includes. */
export function compileLibrary(request: LibraryRequest): LibraryResult {
	const { path, folder, includeDirectories, kernel } = request;
	const includes = [dirname(path), ...includeDirectories, folder].flatMap(
		(directory) => ["-I", directory],
	);
	const all = [...flags, ...includes, ...libcFlags()];
	const header = join(folder, "vmlinux.h");
	writeFileSync(header, VMLINUX_MARK);
	const expanded = clangOn(["-E", ...all, path]);
	if (!expanded.ok) return failed(expanded);
	const text = expanded.output.toString("utf8");
	const included = kernel && text.includes(`"${header}"`);
	const kernelHeader = included ? kernel.header(wordsOf(text)) : "";
	if (included) writeFileSync(header, VMLINUX_MARK + kernelHeader);
	const run = clangOn(["-c", ...all, "-o", "-", path]);
	return run.ok ? { ok: true, object: run.output, kernelHeader } : failed(run);
}

/** libbpf's headers look for it: members of structs have the kernel's own names then (`di`, not `rdi`). */
const VMLINUX_MARK = "#define __VMLINUX_H__\n";

function failed({ missing, stderr }: ClangRun): LibraryResult {
	const errors = readClangMessages(stderr);
	const said = /error: (.*)/.exec(stderr)?.[1] ?? "it gives no reason";
	return missing === undefined
		? { ok: false, errors, said }
		: { ok: false, missing, errors, said };
}

/** A line of the preprocessor that tells which file follows; 3 among its flags marks a header of the system. */
const marker = /^# \d+ "([^"]*)"(.*)$/;

/**
 * Words of a preprocessed text. Of the system's headers only those that can be types of numbers (`__u64`), but for libbpf's,
 * which use the kernel's types; and of its list of helpers no more either, as it names them all.
 */
function wordsOf(text: string): ReadonlySet<string> {
	const words = new Set<string>();
	let word: RegExp = /\w+/g;
	for (const line of text.split("\n")) {
		const [, file = "", flags = ""] = marker.exec(line) ?? [];
		if (file !== "") word = isOfSystem(file, flags) ? numberType : /\w+/g;
		else for (const [found] of line.matchAll(word)) words.add(found);
	}
	return words;
}

const numberType = /\b__[a-z]+\d*\b/g;

function isOfSystem(file: string, flags: string): boolean {
	const helpers = file.endsWith("/bpf_helper_defs.h");
	return flags.includes(" 3") && (helpers || !file.includes("/bpf/"));
}

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
	| { readonly ok: true; readonly object: Uint8Array }
	/** `missing` tells why clang did not start, `said` what it said of no place. */
	| {
			readonly ok: false;
			readonly missing?: string;
			readonly errors: readonly ClangMessage[];
			readonly said: string;
	  };

/**
 * Hidden functions are checked by the verifier where they are called, as if they stood in the script: those that all
 * objects may call must be right for any argument, so that none could read what a pointer points to.
 */
const flags = [
	"-target",
	"bpf",
	"-mcpu=v3",
	"-O2",
	"-g",
	"-std=gnu11",
	"-fvisibility=hidden",
	"-w",
	"-ferror-limit=0",
	"-fno-caret-diagnostics",
	"-fno-color-diagnostics",
];

/** Compiles it. Blocks while clang runs, once or (where it includes vmlinux.h) twice. */
export function compileLibrary(request: LibraryRequest): LibraryResult {
	const { path, folder, includeDirectories, kernel } = request;
	const includes = [dirname(path), ...includeDirectories, folder].flatMap(
		(directory) => ["-I", directory],
	);
	const all = [...flags, ...includes, ...libcFlags()];
	const header = join(folder, "vmlinux.h");
	writeFileSync(header, "");
	const expanded = clangOn(["-E", ...all, path]);
	if (!expanded.ok) return failed(expanded);
	const text = expanded.output.toString("utf8");
	if (kernel && text.includes(`"${header}"`))
		writeFileSync(header, kernel.header(wordsOf(text)));
	const run = clangOn(["-c", ...all, "-o", "-", path]);
	return run.ok ? { ok: true, object: run.output } : failed(run);
}

function failed({ missing, stderr }: ClangRun): LibraryResult {
	const errors = readClangMessages(stderr);
	const said = /error: (.*)/.exec(stderr)?.[1] ?? "it gives no reason";
	return missing === undefined
		? { ok: false, errors, said }
		: { ok: false, missing, errors, said };
}

/** A line of the preprocessor that tells which file follows; 3 among its flags marks a header of the system. */
const marker = /^# \d+ "[^"]*"(.*)$/;

/** Words of a preprocessed text. Of the system's headers only those that can be types of numbers: `__u64`. */
function wordsOf(text: string): ReadonlySet<string> {
	const words = new Set<string>();
	let word = /\w+/g;
	for (const line of text.split("\n")) {
		const flags = marker.exec(line)?.[1];
		if (flags !== undefined)
			word = flags.includes(" 3") ? /\b__[a-z]+\d*\b/g : /\w+/g;
		else for (const [found] of line.matchAll(word)) words.add(found);
	}
	return words;
}

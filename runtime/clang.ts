// C to a BPF object. The text goes in through standard input and the object comes back through standard output, so no
// file is written; arguments are a list and no shell is involved.
import { resolve } from "node:path";
import { koffiFfi } from "./ffi/koffi.ts";
import { spawnProgram } from "./ffi/spawn.ts";

export interface ClangOptions {
	/** Path or name of clang; the one on the PATH where it is not given. */
	readonly clang?: string;
	/** Where the templates are; clang runs in the first. */
	readonly includeDirs: readonly string[];
}

export type ClangResult =
	/** Our own C gives no warnings; the tests see to that. */
	| {
			readonly ok: true;
			readonly object: Uint8Array;
			readonly warnings: string;
	  }
	/** `missing` is the clang that could not be started; otherwise `errors` is what clang said, warnings included. */
	| {
			readonly ok: false;
			readonly missing?: string;
			readonly errors: string;
	  };

/**
 * -mcpu=v3 (kernel 5.12) has 32-bit jumps and atomics that give back the old value. Arithmetic wraps, as scripts
 * expect. Unused functions and variables are those of the templates; scripts may compare a value with itself.
 */
const flags = [
	"-target",
	"bpf",
	"-mcpu=v3",
	"-O2",
	"-g",
	"-std=gnu11",
	"-fwrapv",
	"-fno-strict-aliasing",
	"-Wall",
	"-Wno-unused",
	"-Wno-tautological-compare",
	"-Wno-self-assign",
	"-fno-caret-diagnostics",
	"-fno-color-diagnostics",
	// Scripts are named as they were given, wherever clang runs.
	"-fdebug-compilation-dir=.",
];

/** A clang that waits for its text. */
export interface Clang {
	/** Gives it the text that `compile` will be asked for, to do something else meanwhile. */
	send(text: string): void;
	/** With another text than was sent, another clang is started. */
	compile(text: string): ClangResult;
	/** Lets go of it where its result is not wanted. */
	close(): void;
}

/**
 * Starts clang. Two thirds of its time go by before it reads its input, so whoever has the text only later does well to
 * call this first.
 */
export function startClang(options: ClangOptions): Clang {
	const clang = findClang(options);
	const includes = options.includeDirs.flatMap((dir) => ["-I", dir]);
	const args = [...flags, "-c", ...includes, "-x", "c", "-o", "-", "-"];
	// clang looks for "file.h" in its current folder first, and stops where it may not read that.
	const start = () =>
		spawnProgram(koffiFfi, [clang, ...args], options.includeDirs[0]);
	let running = start();
	let sent: string | undefined;
	const close = () => {
		running?.kill();
		running = undefined;
		sent = undefined;
	};
	const send = (text: string) => {
		if (sent !== undefined) close();
		running ??= start();
		running?.send(text);
		sent = text;
	};
	return {
		send,
		compile(text) {
			if (sent !== text) send(text);
			if (!running) return { ok: false, missing: clang, errors: "" };
			const { code, stdout, stderr } = running.wait();
			running = undefined;
			sent = undefined;
			const said = stderr.toString("utf8").trim();
			return code === 0
				? { ok: true, object: stdout, warnings: said }
				: { ok: false, errors: said };
		},
		close,
	};
}

export function compileC(text: string, options: ClangOptions): ClangResult {
	return startClang(options).compile(text);
}

/** A path is made absolute, since clang runs in a folder of its own; a bare name is left to the PATH. */
function findClang(options: ClangOptions): string {
	const clang = options.clang ?? process.env.KASK_CLANG ?? "clang";
	return clang.includes("/") ? resolve(clang) : clang;
}

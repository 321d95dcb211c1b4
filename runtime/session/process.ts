// The process that a run is about: the command of `-c`, started by kask, or the process of `-p`, which runs already.
import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { basename, delimiter, join } from "node:path";
import type { Ffi } from "../ffi/ffi.ts";
import { describeErrno, fail, type Result, succeed } from "../result.ts";

/** A process whose end ends the run. */
export interface Followed {
	readonly pid: number;
	/** Called once when it has ended; also when that was before the call. */
	onEnd(listener: () => void): void;
	/** Follows it no longer. */
	close(): void;
}

export interface Command extends Followed {
	/** Lets it begin: until then it waits before its `execve`. */
	start(): void;
	/** A file descriptor that it has until then. */
	readonly heldBy: number;
	/** Ends it: SIGTERM, and SIGKILL when that does not help. Resolves when it has ended. */
	stop(): Promise<void>;
	/** Its exit code, or the signal that ended it; undefined while it runs. */
	readonly outcome: CommandOutcome | undefined;
}

export type CommandOutcome =
	| { readonly code: number }
	| { readonly signal: NodeJS.Signals };

/**
 * The child is the shell until the line arrives, then it becomes the command: with the same pid, so probes can be set
 * for it before it begins. When kask ends before that, the pipe ends, and so does the shell.
 */
const HOLD = 'read -r go <&3 && exec "$@" 3<&-';
const PATIENCE_MS = 1000;

/** Starts a command of `-c`, held before its beginning. Its input and output are kask's own. */
export function holdCommand(text: string): Result<Command> {
	const words = splitCommand(text);
	const missing = explainMissing(words[0] ?? "");
	if (missing) return missing;
	const argv = ["sh", "-c", HOLD, "sh", ...words];
	const [first = "sh", ...rest] = [...deathWish(), ...argv];
	const child = spawn(first, rest, {
		stdio: ["inherit", "inherit", "inherit", "pipe"],
	});
	const { pid } = child;
	child.on("error", () => {});
	if (pid === undefined)
		return fail("E0714", { command: text, why: "sh cannot be started" });
	return succeed(new HeldCommand(child, pid));
}

class HeldCommand implements Command {
	readonly pid: number;
	readonly heldBy = 3;
	readonly #child: ChildProcess;
	readonly #end: Promise<void>;
	outcome: CommandOutcome | undefined;

	constructor(child: ChildProcess, pid: number) {
		this.pid = pid;
		this.#child = child;
		child.stdio[3]?.on("error", () => {});
		this.#end = new Promise((resolve) => {
			child.on("exit", (code, signal) => {
				this.outcome = signal === null ? { code: code ?? 0 } : { signal };
				resolve();
			});
		});
	}

	start(): void {
		const pipe = this.#child.stdio[this.heldBy];
		if (pipe && "end" in pipe) pipe.end("\n");
	}

	onEnd(listener: () => void): void {
		void this.#end.then(listener);
	}

	async stop(): Promise<void> {
		if (this.outcome !== undefined) return;
		this.#child.kill("SIGTERM");
		const force = setTimeout(() => this.#child.kill("SIGKILL"), PATIENCE_MS);
		await this.#end;
		clearTimeout(force);
	}

	close(): void {
		this.#child.unref();
	}
}

/**
 * What makes the command end when kask is killed: util-linux's setpriv asks the kernel to. Nothing where it is missing
 * (busybox's has no such option).
 */
function deathWish(): readonly string[] {
	try {
		const path = realpathSync("/usr/bin/setpriv");
		return basename(path) === "setpriv"
			? [path, "--pdeathsig", "TERM", "--"]
			: [];
	} catch {
		return [];
	}
}

/** Why there is no program of that name, before the shell has to say it; undefined when there is one. */
function explainMissing(name: string): Result<never> | undefined {
	const folders = (process.env.PATH ?? "/usr/bin:/bin").split(delimiter);
	const isPath = name.includes("/");
	const candidates = isPath ? [name] : folders.map((f) => join(f, name));
	if (name !== "" && candidates.some(isExecutable)) return undefined;
	const why = isPath
		? "there is no such program, or it may not be executed"
		: "no such program on the PATH";
	return fail("E0714", { command: name === "" ? "nothing" : name, why });
}

function isExecutable(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return statSync(path).isFile();
	} catch {
		return false;
	}
}

/**
 * Words between blanks. Quotes and backslashes that keep a blank in a word, or an empty one, do what they do in a shell;
 * all others are passed on as they stand, as bpftrace does, which knows no quotes.
 */
export function splitCommand(text: string): string[] {
	return wordsOf(text).map((word) =>
		isQuoted(word)
			? word.replace(/'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/gs, unquote)
			: word,
	);
}

/** The words of a command that keep their quotes, which a shell would have taken off. */
export const wordsWithQuotes = (text: string): readonly string[] =>
	wordsOf(text).filter((word) => !isQuoted(word) && /'.*'|".*"/s.test(word));

const wordsOf = (text: string): readonly string[] =>
	text.match(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|\S)+/gs) ?? [];

const isQuoted = (word: string): boolean =>
	/\s/.test(word) || word === "''" || word === '""';

function unquote(
	_whole: string,
	single: string | undefined,
	double: string | undefined,
	escaped: string | undefined,
): string {
	return single ?? double?.replace(/\\(["\\$`])/g, "$1") ?? escaped ?? "";
}

const PIDFD_OPEN = 434;

/** Follows the process of `-p`. Needs a kernel since 5.3. */
export function followProcess(ffi: Ffi, pid: number): Result<Followed> {
	const libc = ffi.load(["libc.so.6", "libc.so"], {
		pidfdOpen: {
			symbol: "syscall",
			result: "size",
			params: ["size", "i32", "u32"],
		},
		close: { result: "i32", params: ["i32"] },
	});
	const fd = libc?.call.pidfdOpen(PIDFD_OPEN, pid, 0) ?? -1;
	if (!libc || fd < 0) {
		const errno = ffi.errno();
		return fail("E0713", { pid, why: describeErrno(errno) }, errno);
	}
	const watcher = ffi.watch(fd);
	let isOpen = true;
	return succeed({
		pid,
		// A pidfd becomes readable when its process ends, and stays so.
		onEnd(listener) {
			watcher.start(() => {
				watcher.stop();
				listener();
			});
		},
		close() {
			if (!isOpen) return;
			isOpen = false;
			watcher.close();
			libc.call.close(fd);
		},
	});
}

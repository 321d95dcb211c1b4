// Starts the processes of a case, each in a process group of its own, so that nothing it started stays behind.
import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";

export interface Started {
	readonly pid: number;
	/** Resolves with the exit code, or 128 + the signal's number. */
	readonly ended: Promise<number>;
	readonly stdout: () => string;
	readonly stderr: () => string;
	/** Calls back with all of stdout so far whenever more has come. */
	onStdout(listener: (text: string) => void): void;
	signal(name: NodeJS.Signals): void;
	/** Ends the whole group, if anything of it is left. */
	endGroup(): void;
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
	const chunks: Buffer[] = [];
	stream?.on("data", (chunk: Buffer) => chunks.push(chunk));
	return () => Buffer.concat(chunks).toString("utf8");
}

function exitOf(child: ChildProcess): Promise<number> {
	return new Promise((resolve, reject) => {
		child.on("error", reject);
		child.on("close", (code, signal) =>
			resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)),
		);
	});
}

function endGroup(pid: number): void {
	try {
		process.kill(-pid, "SIGKILL");
	} catch {
		// Nothing of the group is left.
	}
}

/** Runs a shell line; the words come to it as positional parameters. */
export function startShell(
	line: string,
	words: readonly string[],
	options: { folder: string; env: NodeJS.ProcessEnv; stdin: string },
): Started {
	const child = spawn("/bin/sh", ["-c", line, "sh", ...words], {
		cwd: options.folder,
		env: options.env,
		detached: true,
		stdio: ["pipe", "pipe", "pipe"],
	});
	const ended = exitOf(child);
	const stdout = collect(child.stdout);
	const stderr = collect(child.stderr);
	// A process that does not read its input may be gone before it is written.
	child.stdin.on("error", () => {});
	child.stdin.end(options.stdin);
	const pid = child.pid ?? 0;
	return {
		pid,
		ended,
		stdout,
		stderr,
		onStdout: (listener) => child.stdout.on("data", () => listener(stdout())),
		signal: (name) => child.kill(name),
		endGroup: () => {
			if (pid > 0) endGroup(pid);
		},
	};
}

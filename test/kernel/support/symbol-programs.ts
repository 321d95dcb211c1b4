// Programs that print addresses of their own symbols, and wait; they end with the test that started them.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach } from "vitest";

const sources = fileURLToPath(new URL("../objects", import.meta.url));
export const folder = mkdtempSync(join(tmpdir(), "kask-symbols-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Builds a program of objects/ with clang, and gives its path. */
export function build(
	name: string,
	source: string,
	...flags: string[]
): string {
	const path = join(folder, name);
	const compiler = source.endsWith(".cc") ? "clang++" : "clang";
	const file = join(sources, source);
	execFileSync(compiler, ["-O1", "-g", ...flags, file, "-o", path]);
	return path;
}

/** Ended after the test. */
export const running = new Set<ChildProcess>();
afterEach(async () => {
	for (const child of running) await end(child);
});

export async function end(child: ChildProcess): Promise<void> {
	running.delete(child);
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = new Promise((resolve) => child.on("exit", resolve));
	child.kill("SIGKILL");
	await ended;
}

export interface Started {
	readonly child: ChildProcess;
	readonly pid: number;
	/** The addresses that the program printed, line by line. */
	readonly addresses: readonly bigint[];
}

/** Starts a program and waits for the lines it prints. */
export async function start(
	command: string,
	args: readonly string[],
	lines: number,
): Promise<Started> {
	const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
	running.add(child);
	const addresses: bigint[] = [];
	let left = lines;
	for await (const line of createInterface({ input: child.stdout })) {
		addresses.push(...line.split(" ").map((word) => BigInt(word)));
		if (--left === 0) break;
	}
	return { child, pid: child.pid ?? 0, addresses };
}

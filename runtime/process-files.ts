// The files a process has mapped as code: where `-p PID` looks for programs and libraries.
import { existsSync, readFileSync, readlinkSync, realpathSync } from "node:fs";

/** Programs and libraries of a process, each once, in the order of their addresses. Empty when it has ended. */
export function mappedFiles(pid: number): readonly string[] {
	try {
		const text = readFileSync(`/proc/${pid}/maps`, "utf8");
		const paths = new Set<string>();
		for (const line of text.split("\n")) {
			const path = /^\S+ ..x. \S+ \S+ \S+ +(\/.*)$/.exec(line)?.[1];
			if (path && !path.endsWith(" (deleted)")) paths.add(path);
		}
		return [...paths].map((path) => pathInside(pid, path)).filter(existsSync);
	} catch {
		return [];
	}
}

/** The process's own program. */
export function programOf(pid: number): string | undefined {
	try {
		return pathInside(pid, readlinkSync(`/proc/${pid}/exe`));
	} catch {
		return undefined;
	}
}

/** A path as the process sees it: in a container it means another file than it does here. */
export function pathInside(pid: number, path: string): string {
	try {
		const theirs = readlinkSync(`/proc/${pid}/ns/mnt`);
		if (theirs === readlinkSync("/proc/self/ns/mnt")) return realpathSync(path);
	} catch {
		// A process that has ended: its path is as good as any.
	}
	return existsSync(`/proc/${pid}/root${path}`)
		? `/proc/${pid}/root${path}`
		: path;
}

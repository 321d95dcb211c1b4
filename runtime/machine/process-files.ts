// What /proc tells of a process: its threads, and the files it has mapped as code, where `-p PID` looks for programs.
import {
	existsSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	realpathSync,
} from "node:fs";

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

/** A path as the process sees it, with links followed: in a container it means another file than it does here. */
function pathInside(pid: number, path: string): string {
	const there = inItsRoot(pid, path);
	try {
		return there === path ? realpathSync(path) : there;
	} catch {
		// A process that has ended: its path is as good as any.
		return path;
	}
}

/** A path as the process sees it: through its root where it has other mounts than we do, if the file is there. */
export function inItsRoot(pid: number, path: string): string {
	const through = `/proc/${pid}/root${path}`;
	return hasOwnMounts(pid) && existsSync(through) ? through : path;
}

function hasOwnMounts(pid: number): boolean {
	try {
		const theirs = readlinkSync(`/proc/${pid}/ns/mnt`);
		return theirs !== readlinkSync("/proc/self/ns/mnt");
	} catch {
		return false;
	}
}

/** Ids of a process's threads; of one that has ended, its own id. */
export function threadsOf(pid: number): readonly number[] {
	try {
		return readdirSync(`/proc/${pid}/task`).map(Number);
	} catch {
		return [pid];
	}
}

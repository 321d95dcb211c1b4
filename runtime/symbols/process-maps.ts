// What a process has mapped, from /proc/PID/maps.
import { readFileSync } from "node:fs";
import { lastAtOrBelow } from "./ascending.ts";

export interface Region {
	readonly start: number;
	/** The first address after it. */
	readonly end: number;
	/** Where in the file the region begins, in bytes. */
	readonly offset: number;
	readonly executable: boolean;
	/** The same text for the same file, whatever its path; undefined for memory without a file. */
	readonly file: string | undefined;
	readonly inode: number;
	/** As the process sees it in its own mount namespace; `[vdso]` and the like; "" for anonymous memory. */
	readonly path: string;
}

export interface ProcessMaps {
	/** Ascending. */
	readonly regions: readonly Region[];
	/** Equal for equal maps. */
	readonly text: string;
	find(address: number): Region | undefined;
}

/** undefined when there is no such process (any more), or it has no user space. */
export function readProcessMaps(pid: number): ProcessMaps | undefined {
	const text = readMapsText(pid);
	return text === undefined ? undefined : parseProcessMaps(text);
}

/** The same as text, from which one sees in a moment whether anything has changed. */
export function readMapsText(pid: number): string | undefined {
	try {
		const text = readFileSync(`/proc/${pid}/maps`, "utf8");
		// A process that has ended and was not yet waited for has an empty file.
		return text === "" ? undefined : text;
	} catch {
		return undefined;
	}
}

const line = /^([0-9a-f]+)-([0-9a-f]+) ..(.). ([0-9a-f]+) (\S+) (\d+) *(.*)$/gm;

/** Memory that is neither of a file nor executable is left out: nothing there has a name. */
export function parseProcessMaps(text: string): ProcessMaps {
	const regions: Region[] = [];
	for (const match of text.matchAll(line)) {
		const region = toRegion(match);
		if (region.file !== undefined || region.executable) regions.push(region);
	}
	const starts = regions.map((region) => region.start);
	return {
		regions,
		text,
		find(address) {
			const region = regions[lastAtOrBelow(starts, address)];
			return region && address < region.end ? region : undefined;
		},
	};
}

function toRegion(match: RegExpExecArray): Region {
	const [, start = "", end = "", mode, offset = "", device, inode, path = ""] =
		match;
	return {
		start: Number.parseInt(start, 16),
		end: Number.parseInt(end, 16),
		offset: Number.parseInt(offset, 16),
		executable: mode === "x",
		file: inode === "0" ? undefined : `${device}:${inode}`,
		inode: Number(inode),
		path: decodePath(path),
	};
}

/** The kernel writes line ends as `\012`, and marks files that were removed. */
function decodePath(path: string): string {
	return path.replace(/ \(deleted\)$/, "").replaceAll("\\012", "\n");
}

// Files that a compiled script was made from, beside the script: what it includes or imports, programs it sets uprobes in.
import { statSync } from "node:fs";

/** What a file was like when it was read. A file that was looked for and missing is worth noting, too. */
export interface Dependency {
	/** Absolute. */
	readonly path: string;
	/** Equal as long as the file is the same and was not written to; undefined for a file that is not there. */
	readonly stamp?: string | undefined;
}

/** To be taken before the file is read, so that what is written meanwhile counts as a change. */
export function noteDependency(path: string): Dependency {
	return { path, stamp: stampFile(path) };
}

export function isUnchanged({ path, stamp }: Dependency): boolean {
	return stampFile(path) === stamp;
}

/** Size, times of the last change in nanoseconds, inode; undefined when there is no such file. */
export function stampFile(path: string): string | undefined {
	try {
		const { size, mtimeNs, ctimeNs, ino } = statSync(path, { bigint: true });
		return [size, mtimeNs, ctimeNs, ino].join(":");
	} catch {
		return undefined;
	}
}

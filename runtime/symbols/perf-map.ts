// Names of just-in-time compiled code, from the file /tmp/perf-PID.map that JIT compilers write for perf.
// Any user can put a file there, so it is opened with care: it must belong to the process's user or to root, be a plain
// file and no symbolic link, and not be too large.

import {
	closeSync,
	constants,
	fstatSync,
	openSync,
	readFileSync,
	readSync,
	statSync,
} from "node:fs";
import { monotonicMs } from "../machine/clock.ts";
import { lastAtOrBelow } from "./ascending.ts";
import type { FoundSymbol } from "./symbol-table.ts";

export interface PerfMap {
	readonly path: string;
	find(address: number): FoundSymbol | undefined;
}

const LARGEST_FILE = 256 << 20;
/** Every address without a symbol asks for the map; so often it is looked whether there is a new one. */
const FRESH_MS = 50;

/** The last map read, and what tells whether the file has grown since. */
interface Stamped {
	readonly map: PerfMap;
	readonly size: number;
	readonly modified: number;
}

/** Reads the map of one process again whenever it has changed. */
export class PerfMapReader {
	readonly #pid: number;
	readonly #owner: number | undefined;
	readonly #paths: readonly string[];
	#last: Stamped | undefined;
	#readAt = Number.NEGATIVE_INFINITY;

	/** To be made while the process is alive. */
	constructor(pid: number) {
		this.#pid = pid;
		const { uid, innerPid } = readIdentity(pid);
		this.#owner = uid;
		// A process in a container writes its own pid into its own /tmp.
		this.#paths = [
			`/proc/${pid}/root/tmp/perf-${innerPid}.map`,
			`/tmp/perf-${pid}.map`,
		];
	}

	/** The map as it is now; of a process that has ended, the last one seen. */
	read(): PerfMap | undefined {
		const now = monotonicMs();
		if (now - this.#readAt < FRESH_MS) return this.#last?.map;
		this.#readAt = now;
		for (const path of this.#paths) {
			const fresh = this.#readFile(path);
			if (fresh !== undefined) {
				this.#last = fresh;
				break;
			}
		}
		return this.#last?.map;
	}

	#readFile(path: string): Stamped | undefined {
		const flags =
			constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
		let fd: number | undefined;
		try {
			fd = openSync(path, flags);
			const stat = fstatSync(fd);
			const isTrusted = stat.uid === 0 || stat.uid === this.#owner;
			if (!stat.isFile() || !isTrusted || stat.size > LARGEST_FILE)
				return undefined;
			const last = this.#last;
			if (last?.size === stat.size && last.modified === stat.mtimeMs)
				return last;
			const bytes = Buffer.alloc(stat.size);
			const length = readSync(fd, bytes, 0, bytes.length, 0);
			const text = bytes.toString("utf8", 0, length);
			const map = parsePerfMap(text, `/tmp/perf-${this.#pid}.map`);
			return { map, size: stat.size, modified: stat.mtimeMs };
		} catch {
			return undefined;
		} finally {
			if (fd !== undefined) closeSync(fd);
		}
	}
}

/** The process's user, and its pid in its own pid namespace. */
function readIdentity(pid: number): {
	readonly uid: number | undefined;
	readonly innerPid: number;
} {
	try {
		const status = readFileSync(`/proc/${pid}/status`, "utf8");
		const inner = /^NSpid:.*?(\d+)$/m.exec(status)?.[1];
		return {
			uid: statSync(`/proc/${pid}`).uid,
			innerPid: inner === undefined ? pid : Number(inner),
		};
	} catch {
		return { uid: undefined, innerPid: pid };
	}
}

/** Lines are `START SIZE NAME`, numbers in hexadecimal; memory used again is listed again, and the last line counts. */
export function parsePerfMap(text: string, path: string): PerfMap {
	const byStart = new Map<number, { size: number; name: string }>();
	for (const match of text.matchAll(/^([0-9a-f]+) ([0-9a-f]+) (.+)$/gim)) {
		const [, start = "", size = "", name = ""] = match;
		byStart.set(Number.parseInt(start, 16), {
			size: Number.parseInt(size, 16),
			name,
		});
	}
	const starts = Float64Array.from(byStart.keys()).sort();
	return {
		path,
		find(address) {
			const start = starts[lastAtOrBelow(starts, address)];
			const entry = start === undefined ? undefined : byStart.get(start);
			if (start === undefined || entry === undefined) return undefined;
			const offset = address - start;
			return offset < entry.size ? { name: entry.name, offset } : undefined;
		},
	};
}

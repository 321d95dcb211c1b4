// Keeps compiled scripts, so that a script that was run before needs neither parser nor clang.
import {
	closeSync,
	constants,
	fstatSync,
	openSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Failure } from "../result.ts";
import { isUnchanged } from "./dependencies.ts";
import { digestText } from "./digest.ts";
import { type CacheOwner, openCacheFolder } from "./directory.ts";
import {
	type CompiledScript,
	decodeEntry,
	type Entry,
	encodeEntry,
} from "./entry.ts";

export interface CompileCache {
	/** undefined when it was never stored, or something it was made from has changed. Keys are those of `cacheKey`. */
	lookup(key: string): CompiledScript | undefined;
	/** Never fails: a script that can't be kept (disk full) will be compiled again. */
	store(key: string, entry: Entry): void;
}

export interface CompileCacheOptions extends CacheOwner {
	/** Bytes of all entries together; some way beyond, those unused for longest go. */
	readonly limit?: number;
}

const LIMIT_BYTES = 64 << 20;
const SUFFIX = ".bpf";
const DRAFT_SUFFIX = ".draft";
/** Looking at all entries takes milliseconds, so it is done at one store in sixteen: keys are hashes in hexadecimal. */
const CLEARS_UP = "0";

/** The file that an entry is kept in. */
export function entryName(key: string): string {
	return digestText(key) + SUFFIX;
}

/** No cache where none can be had; then `warning` says why, if there is something to say. */
export function openCompileCache(options: CompileCacheOptions): {
	readonly cache: CompileCache | undefined;
	readonly warning: Failure | undefined;
} {
	const folder = openCacheFolder(options);
	if (!folder.ok) return { cache: undefined, warning: folder.failure };
	const path = folder.value;
	if (path === undefined) return { cache: undefined, warning: undefined };
	const limit = options.limit ?? LIMIT_BYTES;
	const cache: CompileCache = {
		lookup: (key) => readEntry(path, key, options.uid),
		store(key, entry) {
			if (writeEntry(path, key, entry) && entryName(key).startsWith(CLEARS_UP))
				evict(path, limit, entryName(key));
		},
	};
	return { cache, warning: undefined };
}

function readEntry(
	folder: string,
	key: string,
	uid: number,
): CompiledScript | undefined {
	const path = join(folder, entryName(key));
	let fd: number | undefined;
	try {
		fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
		const stat = fstatSync(fd);
		if (!stat.isFile() || stat.uid !== uid || (stat.mode & 0o022) !== 0)
			return undefined;
		const entry = decodeEntry(key, readFileSync(fd));
		if (!entry?.dependencies.every(isUnchanged)) return undefined;
		touch(path, stat.mtimeMs);
		return { plan: entry.plan, object: entry.object };
	} catch {
		return undefined;
	} finally {
		if (fd !== undefined) closeSync(fd);
	}
}

const TOUCH_MS = 3_600_000;

/** The time of an entry's file tells when it was last of use, to the hour. */
function touch(path: string, last: number): void {
	const now = Date.now();
	if (now - last > TOUCH_MS) utimesSync(path, now / 1000, now / 1000);
}

/** Another kask must find all of an entry or nothing of it. */
function writeEntry(folder: string, key: string, entry: Entry): boolean {
	const name = `${entryName(key)}.${process.pid}.${Date.now()}${DRAFT_SUFFIX}`;
	const draft = join(folder, name);
	try {
		writeFileSync(draft, encodeEntry(key, entry), { flag: "wx", mode: 0o600 });
		renameSync(draft, join(folder, entryName(key)));
		return true;
	} catch {
		rmSync(draft, { force: true });
		return false;
	}
}

/** Some room is made at once, so that not every store has to. */
const KEEP_SHARE = 0.75;
const OLD_DRAFT_MS = 600_000;

/** `newest` was just written and stays, whatever the file system's clock says. */
function evict(folder: string, limit: number, newest: string): void {
	try {
		const files = readdirSync(folder)
			.filter((name) => name !== newest)
			.map((name) => ({ name, ...sizeAndTime(join(folder, name)) }));
		removeOldDrafts(folder, files);
		const entries = files.filter(({ name }) => name.endsWith(SUFFIX));
		let kept = sizeAndTime(join(folder, newest)).size;
		const total = entries.reduce((sum, { size }) => sum + size, kept);
		if (total <= limit) return;
		for (const { name, size } of entries.sort((a, b) => b.time - a.time)) {
			kept += size;
			if (kept > limit * KEEP_SHARE) rmSync(join(folder, name));
		}
	} catch {
		// Another kask is clearing up as well.
	}
}

interface CachedFile {
	readonly name: string;
	/** Bytes. */
	readonly size: number;
	/** Last use, in milliseconds since the epoch. */
	readonly time: number;
}

/** What a kask that was killed has left. */
function removeOldDrafts(folder: string, files: readonly CachedFile[]): void {
	for (const { name, time } of files)
		if (name.endsWith(DRAFT_SUFFIX) && Date.now() - time > OLD_DRAFT_MS)
			rmSync(join(folder, name));
}

function sizeAndTime(path: string): Omit<CachedFile, "name"> {
	const stat = statSync(path, { throwIfNoEntry: false });
	return { size: stat?.size ?? 0, time: stat?.mtimeMs ?? 0 };
}

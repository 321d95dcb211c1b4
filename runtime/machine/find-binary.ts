// From what a script calls a program or library to its file: a path, a program on PATH, a library known to ld.so.
import {
	accessSync,
	constants,
	readdirSync,
	readFileSync,
	realpathSync,
	statSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { type LdCacheEntry, readLdCache } from "../../src/types/ld-cache.ts";

export interface BinaryPlaces {
	readonly cwd: string;
	/** Directories, as in the environment variable. */
	readonly path: string;
	readonly ldCache: string;
}

function defaultPlaces(): BinaryPlaces {
	return {
		cwd: process.cwd(),
		path: process.env.PATH ?? "",
		ldCache: "/etc/ld.so.cache",
	};
}

/**
 * The file of a binary: paths (`/bin/bash`, `./a.out`) stay as they are given; `bash` (PATH), `libc` and `libc.so.6`
 * (ld.so's cache) give absolute ones. undefined when there is none.
 */
export function findBinary(
	name: string,
	places: BinaryPlaces = defaultPlaces(),
): string | undefined {
	if (name.includes("/"))
		return isFile(resolve(places.cwd, name)) ? name : undefined;
	if (name === "") return undefined;
	return findOnPath(name, places.path) ?? findLibrary(name, places.ldCache);
}

/** All binaries that a path with `*` in it means, each file once; as `findBinary` for one without. */
export function findBinaries(
	pattern: string,
	places: BinaryPlaces = defaultPlaces(),
): readonly string[] {
	if (!pattern.includes("*")) {
		const found = findBinary(pattern, places);
		return found === undefined ? [] : [found];
	}
	const patterns = pattern.includes("/")
		? [pattern]
		: places.path.split(":").map((directory) => `${directory}/${pattern}`);
	const byFile = new Map<string, string>();
	for (const path of patterns.flatMap((p) => expand(p, places.cwd))) {
		const file = existing(resolve(places.cwd, path));
		if (file !== undefined && !byFile.has(file)) byFile.set(file, path);
	}
	return [...byFile.values()];
}

function expand(pattern: string, cwd: string): string[] {
	const [first = "", ...rest] = pattern.split("/");
	let found = first.includes("*") ? entriesLike(cwd, first) : [first];
	for (const part of rest) {
		found = found.flatMap((directory) =>
			(part.includes("*")
				? entriesLike(resolve(cwd, `${directory}/`), part)
				: [part]
			).map((name) => `${directory}/${name}`),
		);
	}
	return found;
}

function entriesLike(directory: string, part: string): string[] {
	const parts = part
		.split("*")
		.map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
	const like = new RegExp(`^${parts.join(".*")}$`);
	try {
		return readdirSync(directory)
			.filter((name) => like.test(name))
			.sort();
	} catch {
		return [];
	}
}

/** Where the file really is: links are followed, so that each file is told once. */
function existing(path: string): string | undefined {
	if (!isFile(path)) return undefined;
	try {
		return realpathSync(path);
	} catch {
		// Through /proc/PID/root, links lead to places that may not exist here.
		return path;
	}
}

function isFile(path: string): boolean {
	try {
		return statSync(path).isFile();
	} catch {
		return false;
	}
}

function findOnPath(name: string, path: string): string | undefined {
	for (const directory of path.split(":")) {
		if (directory === "") continue;
		const found = existing(join(directory, name));
		if (found !== undefined && isExecutable(found)) return found;
	}
	return undefined;
}

function isExecutable(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

function findLibrary(name: string, ldCache: string): string | undefined {
	const entries = readCache(ldCache);
	const exact = entries.find((e) => e.name === name);
	// `libc` and `c` mean libc.so.6; the cache has the newest version of a library first.
	const versioned = [`${name}.so`, `lib${name}.so`];
	const found =
		exact ?? entries.find((e) => versioned.some((v) => isVersionOf(e.name, v)));
	return found && existing(found.path);
}

function isVersionOf(name: string, plain: string): boolean {
	return name === plain || name.startsWith(`${plain}.`);
}

function readCache(path: string): readonly LdCacheEntry[] {
	try {
		return readLdCache(readFileSync(path), process.arch);
	} catch {
		return [];
	}
}

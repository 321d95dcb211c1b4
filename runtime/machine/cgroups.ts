// Where a cgroup lies, by its id, which is the inode number of its directory.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";

interface Hierarchy {
	/** `unified` for cgroup2, else the name of the mount point. */
	readonly name: string;
	readonly root: string;
}

const known = new Map<string, string>();

/** `unified:/system.slice,cpu:/x`: cgroup2 first, then version 1 by name; "" when it is found nowhere. */
export function cgroupPath(id: bigint, filter: string): string {
	const matches = wildcard(filter === "" ? "*" : filter);
	return hierarchies()
		.filter(({ name }) => matches.test(name))
		.map(({ name, root }) => ({ name, path: pathIn(root, id) }))
		.filter(({ path }) => path !== undefined)
		.map(({ name, path }) => `${name}:${path}`)
		.join(",");
}

function hierarchies(): readonly Hierarchy[] {
	const first: Hierarchy[] = [];
	const second: Hierarchy[] = [];
	for (const line of readFileSync("/proc/mounts", "utf8").split("\n")) {
		const [, root = "", type] = line.split(" ");
		if (type === "cgroup2") second.push({ name: "unified", root });
		if (type === "cgroup") first.push({ name: basename(root), root });
	}
	return [...second, ...first.sort((a, b) => (a.name < b.name ? -1 : 1))];
}

/** Path below the root; what was found once is only looked at again. */
function pathIn(root: string, id: bigint): string | undefined {
	const cacheKey = `${id} ${root}`;
	const cached = known.get(cacheKey);
	if (cached !== undefined && inode(join(root, cached)) === id) return cached;
	const path = search(root, "/", id);
	if (path !== undefined) known.set(cacheKey, path);
	return path;
}

function search(root: string, path: string, id: bigint): string | undefined {
	const directory = join(root, path);
	if (inode(directory) === id) return path;
	for (const entry of directories(directory)) {
		const found = search(root, join(path, entry), id);
		if (found !== undefined) return found;
	}
	return undefined;
}

function directories(path: string): readonly string[] {
	try {
		return readdirSync(path, { withFileTypes: true })
			.filter((entry) => entry.isDirectory())
			.map((entry) => entry.name);
	} catch {
		// Removed meanwhile.
		return [];
	}
}

function inode(path: string): bigint | undefined {
	return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
}

function wildcard(pattern: string): RegExp {
	const parts = pattern
		.split("*")
		.map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
	return new RegExp(`^${parts.join(".*")}$`);
}

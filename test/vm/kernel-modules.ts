// Finds the modules that the guest needs and puts them in an order in which insmod takes them. The
// packages come without modules.dep, so the dependencies are read from the modules themselves.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

export interface KernelModule {
	readonly name: string;
	readonly bytes: Buffer;
}

/** File names and module names mix `-` and `_` freely. */
function normalise(name: string): string {
	return name.replaceAll("-", "_");
}

function indexModules(folder: string): Map<string, string> {
	const index = new Map<string, string>();
	for (const entry of readdirSync(folder, { recursive: true })) {
		const path = entry.toString();
		const found = /^(.+)\.ko(\.xz)?$/.exec(basename(path));
		if (found?.[1]) index.set(normalise(found[1]), join(folder, path));
	}
	return index;
}

function readModule(path: string): Buffer {
	if (!path.endsWith(".xz")) return readFileSync(path);
	return execFileSync("xz", ["-dc", path], { maxBuffer: 256 << 20 });
}

/** The `depends=` entry of the .modinfo section: NUL-terminated, comma-separated names. */
function readDependencies(bytes: Buffer): string[] {
	const key = Buffer.from("\0depends=");
	const at = bytes.indexOf(key);
	if (at < 0) return [];
	const start = at + key.length;
	const list = bytes.toString("latin1", start, bytes.indexOf(0, start));
	return list.split(",").filter((name) => name !== "");
}

/**
 * The wanted modules with all that they depend on, dependencies first. What the kernel has built in
 * is left out; a name that it knows neither way is an error.
 */
export function collectModules(
	folder: string,
	wanted: readonly string[],
): KernelModule[] {
	const files = indexModules(join(folder, "kernel"));
	const builtin = new Set(
		readFileSync(join(folder, "modules.builtin"), "utf8")
			.split("\n")
			.map((line) => normalise(basename(line, ".ko"))),
	);
	const done = new Map<string, KernelModule>();
	const visit = (name: string): void => {
		if (done.has(name) || builtin.has(name)) return;
		const path = files.get(name);
		if (!path) throw new Error(`the kernel has no module ${name}`);
		const bytes = readModule(path);
		readDependencies(bytes).map(normalise).forEach(visit);
		done.set(name, { name, bytes });
	};
	wanted.map(normalise).forEach(visit);
	return [...done.values()];
}

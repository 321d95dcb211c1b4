// Where tools are found by name: in the current folder, in the user's own, and among those shipped with kask.
import { readdirSync, type Stats, statSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import { toolDirectory } from "./install.ts";

export interface Tool {
	readonly name: string;
	readonly path: string;
}

/** Earlier ones go first. */
export function toolFolders(): readonly string[] {
	const config = process.env.XDG_CONFIG_HOME ?? join(homedir(), ".config");
	return [".", join(config, "kask", "tools"), toolDirectory()];
}

/** All of them, by name. */
export function allTools(): readonly Tool[] {
	const found = new Map<string, Tool>();
	for (const folder of toolFolders()) {
		for (const file of filesIn(folder)) {
			const name = basename(file, ".bt");
			if (!found.has(name)) found.set(name, { name, path: join(folder, file) });
		}
	}
	return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Empty where the folder is not there or not for this user: under sudo and its like, HOME may be another's. */
function filesIn(folder: string): readonly string[] {
	try {
		return readdirSync(folder).filter((file) => file.endsWith(".bt"));
	} catch {
		return [];
	}
}

export function toolNamed(name: string): string | undefined {
	return toolFolders()
		.map((folder) => join(folder, `${name}.bt`))
		.find(isFile);
}

/** True for a tool that comes with kask, as opposed to one of the user's own. */
export function isShipped(path: string): boolean {
	return path.startsWith(join(toolDirectory(), "/"));
}

export function isFile(path: string): boolean {
	return statOf(path)?.isFile() === true;
}

export function isFolder(path: string): boolean {
	return statOf(path)?.isDirectory() === true;
}

/** Undefined for what is not there or cannot be reached. */
function statOf(path: string): Stats | undefined {
	try {
		return statSync(path);
	} catch {
		return undefined;
	}
}

// Headers that a script includes from the user's own folders: what they define means the user's programs, whatever
// the kernel calls by the same name (`struct request`). Headers of the kernel's and of the system's are left out.
import { readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import { isKernelHeader } from "../../src/types/kernel-headers.ts";
import type { CTypesRequest } from "./request.ts";

const include = /^[ \t]*#[ \t]*include[ \t]*([<"][^>"\n]*[>"])/gm;
const systemFolders = ["/usr/include/", "/usr/lib/", "/usr/src/", "/lib/"];

/** Their texts, those of the headers that they include themselves among them. */
export function readUserHeaders(request: CTypesRequest): readonly string[] {
	const seen = new Set<string>();
	const texts: string[] = [];
	const follow = (text: string, folder: string): void => {
		for (const [, written = ""] of text.matchAll(include))
			add(findHeader(written, folder, request.includeDirectories ?? []));
	};
	const add = (path: string | undefined): void => {
		if (path === undefined || seen.has(path)) return;
		seen.add(path);
		const text = readFileSync(path, "latin1");
		texts.push(text);
		follow(text, dirname(path));
	};
	const folder = request.directory ?? ".";
	for (const path of request.includeFiles ?? [])
		add(findHeader(`"${path}"`, ".", request.includeDirectories ?? []));
	for (const { text } of request.definitions) follow(text, folder);
	return texts;
}

/** The file of an include as it is written, unless it is not the user's. */
function findHeader(
	written: string,
	folder: string,
	folders: readonly string[],
): string | undefined {
	const name = written.slice(1, -1);
	if (basename(name) === "vmlinux.h") return undefined;
	const beside = written.startsWith('"') || isAbsolute(name);
	const near = beside ? existing(resolve(folder, name)) : undefined;
	if (near !== undefined) return near;
	// A kernel's source tree may be given with -I.
	if (isKernelHeader(written)) return undefined;
	for (const one of folders) {
		const found = existing(join(one, name));
		if (found !== undefined) return found;
	}
	return undefined;
}

function existing(path: string): string | undefined {
	try {
		const real = realpathSync(path);
		const isUsers = !systemFolders.some((folder) => real.startsWith(folder));
		return isUsers && statSync(real).isFile() ? real : undefined;
	} catch {
		return undefined;
	}
}

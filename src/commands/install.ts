// Where kask's own files lie: templates, shipped tools. The bundle stands in dist/, one level below them.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

let root: string | undefined;

/** The folder that holds bpf-templates/ and examples/. */
export function installDirectory(): string {
	if (root === undefined) {
		let folder = import.meta.dirname;
		while (
			!existsSync(join(folder, "bpf-templates")) &&
			dirname(folder) !== folder
		)
			folder = dirname(folder);
		root = folder;
	}
	return root;
}

export function templateDirectory(): string {
	return join(installDirectory(), "bpf-templates");
}

export function toolDirectory(): string {
	return join(installDirectory(), "examples");
}

export function lessonDirectory(): string {
	return join(toolDirectory(), "lessons");
}

// Modules that the running kernel has loaded, and those that it could load.

import { release } from "node:os";
import { basename } from "node:path";
import { readLines } from "../read-lines.ts";

export interface ModuleFiles {
	readonly loaded: string;
	/** What depmod has written; each line begins with a module's file. */
	readonly dependencies: string;
}

const files: ModuleFiles = {
	loaded: "/proc/modules",
	dependencies: `/lib/modules/${release()}/modules.dep`,
};

export function loadedModules(path: string = files.loaded): readonly string[] {
	return readLines(path).map((line) => line.split(" ")[0] ?? "");
}

/** Installed for this kernel and not loaded. None where no modules are installed. */
export function loadableModules(from: ModuleFiles = files): readonly string[] {
	const loaded = new Set(loadedModules(from.loaded));
	return readLines(from.dependencies)
		.map((line) => moduleName(line.split(":")[0] ?? ""))
		.filter((name) => !loaded.has(name));
}

/** `kernel/net/sched/sch-fq.ko.xz` is called sch_fq. */
function moduleName(file: string): string {
	return basename(file)
		.replace(/\.ko(\.\w+)?$/, "")
		.replaceAll("-", "_");
}

// The tools that are shipped with kask.
import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { toolDirectory } from "./install.ts";

export function toolNames(): string[] {
	return readdirSync(toolDirectory())
		.filter((file) => file.endsWith(".bt"))
		.map((file) => basename(file, ".bt"))
		.sort();
}

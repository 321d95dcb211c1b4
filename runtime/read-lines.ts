import { readFileSync } from "node:fs";

/** A file's lines without the empty ones; none where it can't be read. */
export function readLines(path: string): string[] {
	try {
		const text = readFileSync(path, "utf8");
		return text.split("\n").filter((line) => line !== "");
	} catch {
		return [];
	}
}

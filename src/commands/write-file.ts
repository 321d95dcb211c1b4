// Files that a command was asked to write.
import { writeFileSync } from "node:fs";
import type { Diagnostics } from "../base/diagnostics.ts";

/** Reports why it can't be written. */
export function writeOutputFile(
	path: string,
	content: string | Uint8Array,
	diagnostics: Diagnostics,
): void {
	try {
		writeFileSync(path, content);
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		diagnostics.report("E0808", { why });
	}
}

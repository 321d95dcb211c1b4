// Which function of a template a line of it belongs to: of inlined code, clang tells no more than that line.
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { LineOrigin } from "../../runtime/explain/line-info.ts";

export type TemplateFunctions = (origin: LineOrigin) => string | undefined;

const head = /^static [^;=]*?(\w+)\([^;]*$/;

/** `folder`: where the templates are. */
export function templateFunctions(folder: string): TemplateFunctions {
	const known = new Map<string, readonly string[]>();
	return ({ file, line }) => {
		const name = basename(file);
		const lines = known.get(name) ?? linesOf(join(folder, name));
		known.set(name, lines);
		const heads = lines.slice(0, line).map((text) => head.exec(text)?.[1]);
		return heads.findLast((found) => found !== undefined);
	};
}

/** A file that is no template has no lines. */
function linesOf(path: string): readonly string[] {
	try {
		return readFileSync(path, "utf8").split("\n");
	} catch {
		return [];
	}
}

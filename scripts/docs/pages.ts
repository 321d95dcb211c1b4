// Every page of the documentation that is made from the sources: its path and its text.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { builtinsPage } from "./builtins-page.ts";
import { grammarEbnf } from "./grammar-ebnf.ts";
import { grammarPage } from "./grammar-page.ts";
import { probesPage } from "./probes-page.ts";

export const root = join(import.meta.dirname, "../..");

/** Path below the project's folder → what it should hold. */
export function allPages(): ReadonlyMap<string, string> {
	return new Map([
		["docs/builtins.md", builtinsPage()],
		["docs/probes.md", probesPage()],
		["docs/grammar.html", grammarPage()],
		["grammar/README.md", filledIn("grammar/README.md", "EBNF", grammarEbnf())],
	]);
}

/** The page as it is, with the block between the two comments replaced. */
function filledIn(path: string, name: string, text: string): string {
	const page = readFileSync(join(root, path), "utf8");
	const [from, to] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
	const start = page.indexOf(from);
	const end = page.indexOf(to);
	if (start < 0 || end < start) throw new Error(`${path} has no ${from}`);
	return `${page.slice(0, start + from.length)}\n\n\`\`\`\n${text}\n\`\`\`\n\n${page.slice(end)}`;
}

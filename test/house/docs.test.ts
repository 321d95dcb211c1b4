// The pages that are made from the sources say what the sources say. `npm run docs` writes them.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allPages, root } from "../../scripts/docs/pages.ts";

for (const [path, text] of allPages()) {
	test(`${path} is up to date (npm run docs)`, () => {
		const written = readFileSync(join(root, path), "utf8");
		// Compared before it is shown: a page is long.
		expect(firstDifference(written, text)).toBeUndefined();
	});
}

function firstDifference(written: string, made: string): string | undefined {
	const [old, now] = [written.split("\n"), made.split("\n")];
	const at = now.findIndex((line, i) => line !== old[i]);
	if (at < 0 && old.length === now.length) return undefined;
	return `line ${at + 1}: ${old[at]} should be ${now[at]}`;
}

test("the grammar's page asks nothing of the network", () => {
	const page = allPages().get("docs/grammar.html") ?? "";
	expect(page.match(/(?:src|href)="(?!#)[^"]*"|@import|url\(/g)).toBeNull();
	const targets = [...page.matchAll(/href="#(\w+)"/g)].map(([, id]) => id);
	expect(targets.length).toBeGreaterThan(100);
	for (const id of new Set(targets)) expect(page).toContain(`id="${id}"`);
});

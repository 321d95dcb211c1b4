// An explanation in the terminal, wide and narrow, and on a page.
import { join } from "node:path";
import { expect, test } from "vitest";
import { renderHtml } from "../../src/explain/html/render-html.ts";
import { behaviour } from "../../src/explain/html/style.ts";
import { wrap } from "../../src/explain/text/columns.ts";
import { colorPaint, plainPaint } from "../../src/explain/text/paint.ts";
import { renderText } from "../../src/explain/text/render-text.ts";
import { smallExplanation } from "./small-explanation.ts";

const folder = join(import.meta.dirname, "scripts");

for (const [name, width] of [
	["narrow", 60],
	["wide", 130],
] as const)
	test(`${name} text`, async () => {
		const text = renderText(smallExplanation, { width, paint: plainPaint });
		await expect(text).toMatchFileSnapshot(join(folder, `small-${name}.out`));
		const longest = Math.max(...text.split("\n").map((l) => [...l].length));
		expect(longest).toBeLessThanOrEqual(width);
	});

test("colours change nothing but the colours", () => {
	for (const width of [60, 130]) {
		const colored = renderText(smallExplanation, { width, paint: colorPaint });
		const plain = renderText(smallExplanation, { width, paint: plainPaint });
		expect(colored).not.toBe(plain);
		// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours begin with
		const bare = colored.replace(/\x1b\[\d+m/g, "");
		expect(bare.replace(/ +$/gm, "")).toBe(plain);
	}
});

test("lines are broken at blanks, and words that are too long anywhere", () => {
	expect(wrap("one two three", 8)).toEqual(["one two", "  three"]);
	expect(wrap("abcdefghij", 4)).toEqual(["abcd", "  ef", "  gh", "  ij"]);
	expect(wrap("", 8)).toEqual([""]);
});

test("a page holds everything and asks nobody for more", () => {
	const page = renderHtml(smallExplanation);
	expect(page).not.toMatch(/\b(src|href)=|https?:|@import|url\(/);
	expect(page).not.toContain("<b>&");
	expect(page).toContain("&quot;&lt;b&gt;&amp;&quot;");
	expect(page).toContain(
		'<li data-l="2" data-c="p0_begin:9"><b>0</b>r1 = &amp;m_x<i>r1: the map @x</i></li>',
	);
	expect(page.match(/<li/g)?.length).toBe(
		4 + 6 + smallExplanation.programs.flatMap((p) => p.instructions).length + 1,
	);
	for (const tag of ["div", "ol", "section", "li", "p"])
		expect(page.split(`<${tag}`).length, tag).toBeGreaterThanOrEqual(
			page.split(`</${tag}>`).length,
		);
	expect(() => new Function(behaviour)).not.toThrow();
});

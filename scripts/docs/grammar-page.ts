// The grammar as railroad diagrams on one page that needs nothing but a browser.
import railroad, { type Part as Drawing } from "railroad-diagrams";
import {
	grammarRules,
	grammarTokens,
	type Part,
	type Rule,
} from "./grammar-rules.ts";

const style = `
body { font: 16px/1.5 sans-serif; max-width: 76rem; margin: 2rem auto; padding: 0 1rem; color: #222; background: #fff; }
h2 { font: bold 1.05rem monospace; margin: 1.6rem 0 .3rem; }
nav { columns: 12rem; font-family: monospace; }
nav a { display: block; }
a { color: #0b5394; }
section { overflow-x: auto; }
:target { background: #fff6d5; }
svg path { stroke-width: 2; stroke: #444; fill: none; }
svg text { font: 14px monospace; text-anchor: middle; fill: #222; }
svg a text { fill: #0b5394; text-decoration: underline; }
svg rect { stroke-width: 2; stroke: #444; fill: #f4f4f4; }
svg rect[rx] { fill: #e3f1e3; }
table { border-collapse: collapse; }
td { padding: .2rem 1rem .2rem 0; vertical-align: top; }
td:first-child { font-family: monospace; }
@media (prefers-color-scheme: dark) {
	body { color: #ddd; background: #181818; }
	a { color: #8ab8e8; }
	:target { background: #3a3420; }
	svg path, svg rect { stroke: #999; }
	svg rect { fill: #2a2a2a; }
	svg rect[rx] { fill: #233523; }
	svg text { fill: #ddd; }
	svg a text { fill: #8ab8e8; }
}`;

export function grammarPage(): string {
	const rules = grammarRules();
	const tokens = grammarTokens(rules);
	const index = rules.map(({ name }) => link(name)).join("\n");
	const rows = tokens.map(
		([name, text]) =>
			`<tr id="${name}"><td>${name}</td><td>${escapeHtml(text)}</td></tr>`,
	);
	return `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>The grammar of kask's language</title>
<style>${style}
</style>
<h1>The grammar of kask's language</h1>
<p>Made from the parser itself (<code>npm run docs</code>). Follow a line from left to right: what it passes may be
written. Round boxes are written as they stand; square ones are rules or tokens of their own. Between all of them white
space and comments may stand, except in a probe's name. A parser of one look-ahead token also reads some usual
mistakes, such as <code>=</code> in a condition, so as to name them; each such error has a code.</p>
<nav>
${index}
</nav>
${rules.map(section).join("\n")}
<h2 id="tokens">Tokens</h2>
<table>
${rows.join("\n")}
</table>
</html>
`;
}

function link(name: string): string {
	return `<a href="#${name}">${name}</a>`;
}

function section({ name, part }: Rule): string {
	const svg = railroad
		.Diagram(draw(part))
		.toString()
		.replace("<svg ", `<svg role="img" aria-label="${name}" `);
	return `<section id="${name}">\n<h2>${name}</h2>\n${withLinks(svg).trim()}\n</section>`;
}

/** Square boxes hold names, and lead to where these are told. */
function withLinks(svg: string): string {
	return svg.replace(
		/(<rect(?:(?! rx=)[^>])*><\/rect>)\n(<text[^>]*>)(\w+)<\/text>/g,
		'<a href="#$3">$1$2$3</text></a>',
	);
}

function draw(part: Part): Drawing {
	switch (part.kind) {
		case "text":
			return railroad.Terminal(part.text);
		case "rule":
		case "token":
			return railroad.NonTerminal(part.name);
		case "sequence":
			return railroad.Sequence(...part.parts.map(draw));
		case "choice":
			return railroad.Choice(0, ...part.parts.map(draw));
		case "optional":
			return railroad.Optional(draw(part.part));
		case "many": {
			const between = part.separator && draw(part.separator);
			const repeat = part.atLeastOne ? railroad.OneOrMore : railroad.ZeroOrMore;
			return repeat(draw(part.part), between);
		}
	}
}

function escapeHtml(text: string): string {
	return text
		.replaceAll("&", "&amp;")
		.replaceAll("<", "&lt;")
		.replaceAll(">", "&gt;");
}

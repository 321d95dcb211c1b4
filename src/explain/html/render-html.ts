// An Explanation as one page of HTML, whole in itself.
import { basename } from "node:path";
import type { Explanation } from "../explanation.ts";
import { type Passage, passages } from "../passages.ts";
import { programSection } from "./code-html.ts";
import { escapeHtml } from "./escape.ts";
import { behaviour, style } from "./style.ts";

export function renderHtml(explanation: Explanation): string {
	const { script, machine, programs } = explanation;
	const { head, tail } = passages(explanation);
	const title = `${basename(script.name)}, explained`;
	const where = `Linux ${machine.kernel}, ${machine.architecture}, ${machine.cpus} CPUs`;
	return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(where)}. Point at a line to see what belongs to it, click to hold it, Escape to let it go.</p>
${head.map(passageHtml).join("")}${programs.map((p) => programSection(explanation, p)).join("")}${tail.map(passageHtml).join("")}<footer>Made by kask explain.</footer>
<script>${behaviour}</script>
</body>
</html>
`;
}

function passageHtml({ title, items }: Passage): string {
	if (items.length === 0) return "";
	const parts = items.map(({ name, note, sentences }) => {
		const small = note === "" ? "" : ` <small>${escapeHtml(note)}</small>`;
		const body = sentences.map((s) => `<p>${escapeHtml(s)}</p>\n`).join("");
		return `<h3>${escapeHtml(name)}${small}</h3>\n${body}`;
	});
	return `<h2>${escapeHtml(title)}</h2>\n${parts.join("")}`;
}

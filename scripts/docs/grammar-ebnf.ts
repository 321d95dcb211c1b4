// The grammar as text, in the EBNF of the W3C's specifications.
import {
	grammarRules,
	grammarTokens,
	type Part,
	type Rule,
} from "./grammar-rules.ts";

const WIDTH = 100;

export function grammarEbnf(): string {
	const rules = grammarRules();
	const lines = rules.map(ruleText);
	const tokens = grammarTokens(rules).map(
		([name, text]) => `${name.padEnd(14)} ::= /* ${text} */`,
	);
	return [...lines, "", ...tokens].join("\n");
}

/** Alternatives that do not fit on a line stand below each other. */
function ruleText({ name, part }: Rule): string {
	const line = `${name} ::= ${partText(part)}`;
	if (line.length <= WIDTH) return line;
	if (part.kind === "choice") {
		const indent = " ".repeat(name.length + 3);
		return `${name} ::= ${part.parts.map(partText).join(`\n${indent}| `)}`;
	}
	return wrap(line, " ".repeat(name.length + 5));
}

function wrap(line: string, indent: string): string {
	const lines: string[] = [];
	let rest = line;
	while (rest.length > WIDTH) {
		const at = rest.lastIndexOf(" ", WIDTH);
		lines.push(rest.slice(0, at));
		rest = indent + rest.slice(at + 1);
	}
	return [...lines, rest].join("\n");
}

function partText(part: Part): string {
	switch (part.kind) {
		case "text":
			return `'${part.text}'`;
		case "rule":
		case "token":
			return part.name;
		case "sequence":
			return part.parts.map(inSequence).join(" ");
		case "choice":
			return part.parts.map(partText).join(" | ");
		case "optional":
			return `${atom(part.part)}?`;
		case "many": {
			if (!part.separator)
				return `${atom(part.part)}${part.atLeastOne ? "+" : "*"}`;
			const row = `${inSequence(part.part)} (${partText(part.separator)} ${inSequence(part.part)})*`;
			return part.atLeastOne ? row : `(${row})?`;
		}
	}
}

function inSequence(part: Part): string {
	return part.kind === "choice" ? `(${partText(part)})` : partText(part);
}

function atom(part: Part): string {
	const single = ["text", "rule", "token"].includes(part.kind);
	return single ? partText(part) : `(${partText(part)})`;
}

// What the tests of the grammar share.

import type { Script } from "../../grammar/ast.ts";
import { parseScript } from "../../grammar/parse.ts";
import { type Diagnostic, Diagnostics } from "../../src/base/diagnostics.ts";
import { Source } from "../../src/base/source.ts";
import { blockSexpr, expressionSexpr } from "./sexpr.ts";

export interface Parsed {
	readonly script: Script;
	readonly found: readonly Diagnostic[];
}

export function parse(text: string): Parsed {
	const diagnostics = new Diagnostics();
	const script = parseScript(new Source("test.bt", text), diagnostics);
	return { script, found: diagnostics.all };
}

/** Parses what must be free of mistakes. */
export function parseSound(text: string): Script {
	const { script, found } = parse(text);
	if (found.length > 0) {
		throw new Error(
			`${text}\n${found.map((d) => `${d.code} ${d.text}`).join("\n")}`,
		);
	}
	return script;
}

/** The body of the only probe, for scripts that are nothing but its statements. */
export function statementsOf(body: string): string {
	const [item] = parseSound(`begin { ${body} }`).items;
	if (item?.kind !== "probe") throw new Error("no probe");
	return blockSexpr(item.body).slice(1, -1);
}

/** An expression as it stands to the right of `=`. */
export function expressionOf(text: string): string {
	const [item] = parseSound(`begin { $r = ${text}; }`).items;
	const statement =
		item?.kind === "probe" ? item.body.statements[0] : undefined;
	if (statement?.kind !== "assign") throw new Error("no assignment");
	return expressionSexpr(statement.value);
}

/** A text without its marks `⟦…⟧`, and the ranges that they enclosed, in order. */
export function unmark(marked: string): {
	text: string;
	ranges: [number, number][];
} {
	const ranges: [number, number][] = [];
	let text = "";
	for (const piece of marked.split(/(⟦|⟧)/)) {
		const last = ranges.at(-1);
		if (piece === "⟦") ranges.push([text.length, -1]);
		else if (piece === "⟧" && last) last[1] = text.length;
		else text += piece;
	}
	return { text, ranges };
}

/** A tree without its places, for comparing. */
export function withoutSpans(node: unknown): unknown {
	return JSON.parse(
		JSON.stringify(node, (key, value: unknown) => {
			if (key === "span" || key === "operatorSpan" || key === "comments")
				return undefined;
			return typeof value === "bigint" ? `${value}n` : value;
		}),
	);
}

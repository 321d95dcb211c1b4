// The way into the grammar: a source text in, a syntax tree out, mistakes into the diagnostics.
import type { Diagnostics } from "../src/base/diagnostics.ts";
import type { Source, Span } from "../src/base/source.ts";
import type { Expression, Item, Script } from "./ast.ts";
import { lexExpression, lexScript } from "./lexer.ts";
import { checkOrder } from "./order.ts";
import { ScriptParser } from "./parser.ts";
import { SyntaxReport } from "./report.ts";

let parser: ScriptParser | undefined;

/** Made on first use: a run from the compile cache never needs it. */
function sharedParser(): ScriptParser {
	parser ??= new ScriptParser();
	return parser;
}

/**
 * Parses a whole script. Always gives a tree, with what could be read; mistakes (E01…) go into `diagnostics`.
 */
export function parseScript(source: Source, diagnostics: Diagnostics): Script {
	const report = new SyntaxReport(source);
	const { tokens, comments, shebang } = lexScript(report);
	const shared = sharedParser();
	shared.start(tokens, report);
	const items: Item[] = shared.script();
	checkOrder(items, report);
	if (items.length === 0 && report.isEmpty) {
		report.add("E0108", {}, 0, 0);
	}
	report.flush(diagnostics);
	const span = report.span(0, source.text.length);
	return { kind: "script", shebang, items, comments, span };
}

/**
 * Parses a text that holds nothing but an expression, such as what a `#define` stands for. With `at`, all nodes and
 * mistakes are placed there, where the text is used. Undefined where it is no expression.
 */
export function parseExpression(
	source: Source,
	diagnostics: Diagnostics,
	at?: Span,
): Expression | undefined {
	const report = new SyntaxReport(source, at);
	const tokens = lexExpression(report);
	const shared = sharedParser();
	shared.start(tokens, report);
	const expression = shared.wholeExpression();
	const sound = report.isEmpty;
	report.flush(diagnostics);
	return sound ? expression : undefined;
}

// The tokens of code: words, literals, variables, maps, operators. One call reads one token.
import type { TokenType } from "chevrotain";
import type { SyntaxReport } from "./report.ts";
import { directiveEnd, isDirective, matchAt } from "./scan.ts";
import * as t from "./tokens.ts";

const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /[0-9][A-Za-z0-9_]*/y;
const VARIABLE = /\$[A-Za-z_][A-Za-z0-9_]*/y;
const PARAMETER = /\$[0-9]+/y;
/** A `$` without a name, or with a space before it. */
const NAMELESS = /\$(?:[ \t]+[A-Za-z_][A-Za-z0-9_]*)?/y;
const MAP = /@(?:[A-Za-z_][A-Za-z0-9_]*)?/y;
const STRING = /"[^"\\\n]*(?:\\.[^"\\\n]*)*"/y;
/** A string whose closing quote comes a line too late. */
const LONG_STRING = /"[^"\n]*\n[^"\n]*"(?=\s*[);,])/y;
const WRONG_QUOTES =
	/'(?:\\.|[^'\\\n])*'|[\u201c\u201d\u201e][^\u201c\u201d"\n]*[\u201c\u201d"]/y;
const PUNCTUATION =
	/\.\.|->|\+\+|--|<<=|>>=|<<|>>|&&|\|\||[=!<>+\-*/%&|^]=|[-+*/%&|^!~=<>?:;,.(){}[\]]/y;

/** A token's type and where it ends; no type where the text was reported and is left out. */
export interface ReadToken {
	readonly type: TokenType | undefined;
	readonly end: number;
}

/** Reads the token at `at`, where neither white space nor a comment stands. */
export function readCode(
	text: string,
	at: number,
	report: SyntaxReport,
): ReadToken {
	const punctuationEnd = matchAt(PUNCTUATION, text, at);
	if (punctuationEnd >= 0) {
		const type = t.punctuation.get(text.slice(at, punctuationEnd));
		return { type, end: punctuationEnd };
	}
	const wordEnd = matchAt(WORD, text, at);
	if (wordEnd >= 0) {
		const type = t.keywords.get(text.slice(at, wordEnd)) ?? t.IdentifierToken;
		return { type, end: wordEnd };
	}
	if (text.charAt(at) === "#") {
		reportRemark(text, at, report);
		return { type: undefined, end: directiveEnd(text, at) };
	}
	return (
		readSigil(text, at, report) ??
		readString(text, at, report) ??
		readUnknown(text, at, report)
	);
}

/** A remark as shells have it, or a directive that stands where none can. */
export function reportRemark(
	text: string,
	at: number,
	report: SyntaxReport,
): void {
	const help = isDirective(text, at)
		? "directives such as #define stand at the top of the script"
		: "a comment begins with //";
	report.add("E0101", { char: "`#`" }, at, at + 1, { help });
}

function readSigil(
	text: string,
	at: number,
	report: SyntaxReport,
): ReadToken | undefined {
	const kinds: readonly (readonly [RegExp, TokenType])[] = [
		[VARIABLE, t.VariableToken],
		[MAP, t.MapToken],
		[NUMBER, t.IntegerToken],
		[PARAMETER, t.ParameterToken],
	];
	for (const [pattern, type] of kinds) {
		const end = matchAt(pattern, text, at);
		if (end >= 0) return { type, end };
	}
	if (text.startsWith("$#", at)) {
		return { type: t.ParameterCountToken, end: at + 2 };
	}
	const nameless = matchAt(NAMELESS, text, at);
	if (nameless < 0) return undefined;
	report.add("E0101", { char: "`$`" }, at, at + 1, {
		help: "a variable is written $name",
	});
	return { type: t.VariableToken, end: nameless };
}

function readString(
	text: string,
	at: number,
	report: SyntaxReport,
): ReadToken | undefined {
	const type = t.StringToken;
	const end = matchAt(STRING, text, at);
	if (end >= 0) return { type, end };
	if (text.charAt(at) === '"') {
		const open = openStringEnd(text, at);
		const severalLines = matchAt(LONG_STRING, text, at);
		if (text.charAt(open) !== "\n" || severalLines < 0) {
			report.add("E0103", {}, at, open);
			return { type, end: open };
		}
		const help = "a string ends on its line; a line end in it is written \\n";
		report.add("E0103", {}, at, open, { help });
		return { type, end: severalLines };
	}
	const wrong = matchAt(WRONG_QUOTES, text, at);
	if (wrong < 0) return undefined;
	const content = text.slice(at + 1, wrong - 1).replaceAll('"', '\\"');
	report.add("E0111", { content }, at, wrong);
	return { type, end: wrong };
}

/**
 * The end of a string that nothing closes on its line. The closing marks at the end of the line are left to the parser,
 * which then has nothing more to complain about.
 */
function openStringEnd(text: string, at: number): number {
	const lineEnd = text.indexOf("\n", at);
	let end = lineEnd < 0 ? text.length : lineEnd;
	while (end > at + 1 && " \t\r)};".includes(text.charAt(end - 1))) end--;
	return end;
}

function readUnknown(
	text: string,
	at: number,
	report: SyntaxReport,
): ReadToken {
	const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
	const end = at + char.length;
	const shown = /[\p{C}\p{Z}]/u.test(char)
		? `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`
		: char === "`"
			? '"`"'
			: `\`${char}\``;
	report.add("E0101", { char: shown }, at, end);
	return { type: undefined, end };
}

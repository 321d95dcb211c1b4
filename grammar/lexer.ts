// Text to tokens. Written by hand over Chevrotain's token types, since what a character means depends on the place:
// `/` ends a path, opens or closes a predicate, or divides; at the top words are probes, inside braces they are code.
import { createTokenInstance, type IToken, type TokenType } from "chevrotain";
import type { Comment } from "./ast.ts";
import { attachPointEnd, looksLikeProbe } from "./attach-point.ts";
import { readCode, reportRemark } from "./code-lexer.ts";
import type { SyntaxReport } from "./report.ts";
import {
	cDefinitionExtent,
	commentEnd,
	directiveEnd,
	isDirective,
	matchAt,
	skipLayout,
	skipWhiteSpace,
	wordAt,
} from "./scan.ts";
import * as t from "./tokens.ts";

export interface LexedScript {
	readonly tokens: IToken[];
	readonly comments: readonly Comment[];
	readonly shebang: string | undefined;
}

/**
 * Where the lexer is: at the top of the script, in the head of an item (`config =`, `macro f(…)`, `let @a = …`,
 * `import …`), in a predicate, or within a body's braces.
 */
type Place = "top" | "head" | "predicate" | "body";

interface State {
	readonly text: string;
	readonly report: SyntaxReport;
	readonly tokens: IToken[];
	readonly comments: Comment[];
	place: Place;
	/** The keyword whose head is being read. */
	head: TokenType | undefined;
	braces: number;
	parens: number;
	shebang: string | undefined;
}

/** Cuts a whole script into tokens. Always gets to the end; what cannot be a token is reported and left out. */
export function lexScript(report: SyntaxReport): LexedScript {
	const { text } = report.source;
	const state: State = {
		...{ text, report, tokens: [], comments: [] },
		...{ place: "top", head: undefined, braces: 0, parens: 0 },
		shebang: undefined,
	};
	let at = readLayout(state, 0);
	if (text.startsWith("#!", at)) {
		const end = directiveEnd(text, at);
		state.shebang = text.slice(at, end);
		at = readLayout(state, end);
	}
	while (at < text.length) {
		if (state.place !== "top" && probeStartsHere(state, at)) enterTop(state);
		at = state.place === "top" ? readTop(state, at) : readInside(state, at);
		at = readLayout(state, at);
	}
	return state;
}

/** Cuts one expression into tokens, as in the body of a `#define`. */
export function lexExpression(report: SyntaxReport): IToken[] {
	const { text } = report.source;
	const state: State = {
		...{ text, report, tokens: [], comments: [] },
		...{ place: "body", head: undefined, braces: 1, parens: 0 },
		shebang: undefined,
	};
	let at = readLayout(state, 0);
	while (at < text.length) {
		const read = readCode(text, at, report);
		if (read.type) push(state, read.type, at, read.end);
		at = readLayout(state, read.end);
	}
	return state.tokens;
}

function enterTop(state: State): void {
	state.place = "top";
	state.head = undefined;
	state.braces = 0;
	state.parens = 0;
}

function push(state: State, type: TokenType, start: number, end: number): void {
	const image = state.text.slice(start, end);
	// Lines and columns are left out: spans are offsets, and Source finds the lines when something is reported.
	state.tokens.push(
		createTokenInstance(type, image, start, end - 1, 0, 0, 0, 0),
	);
}

/** Skips white space and keeps the comments found on the way. */
function readLayout(state: State, offset: number): number {
	const { text, report } = state;
	let at = skipWhiteSpace(text, offset);
	for (let end = commentEnd(text, at); end >= 0; end = commentEnd(text, at)) {
		const comment = text.slice(at, end).trimEnd();
		const closed = /^\/\/|^\/\*[\s\S]*\*\/$/.test(comment);
		if (!closed) report.add("E0104", {}, at, at + 2);
		const lineStart = text.lastIndexOf("\n", at - 1) + 1;
		const ownLine = text.slice(lineStart, at).trim() === "";
		const span = report.span(at, at + comment.length);
		state.comments.push({ text: comment, ownLine, span });
		at = skipWhiteSpace(text, end);
	}
	return at;
}

const TOP_KEYWORDS = new Map<string, TokenType>([
	["config", t.ConfigKeyword],
	["import", t.ImportKeyword],
	["macro", t.MacroKeyword],
	["fn", t.FunctionKeyword],
	["let", t.Let],
]);
const C_KEYWORDS = new Set(["struct", "union", "enum", "typedef"]);
const TOP_MARKS = /\?\?|[{},;/]/y;

/** Reads one token at the top of the script. */
function readTop(state: State, at: number): number {
	const { text } = state;
	const markEnd = matchAt(TOP_MARKS, text, at);
	if (markEnd >= 0) return readTopMark(state, at, markEnd);
	if (text.charAt(at) === "#") {
		const end = directiveEnd(text, at);
		if (isDirective(text, at)) push(state, t.PreprocessorToken, at, end);
		else reportRemark(text, at, state.report);
		return end;
	}
	const word = wordAt(text, at);
	const next = text.charAt(at + word.length);
	const known = next !== ":" && next !== "=";
	if (known && C_KEYWORDS.has(word)) return readCDefinition(state, at);
	const keyword = TOP_KEYWORDS.get(word);
	if (keyword && (known || word === "config") && next !== ":") {
		push(state, keyword, at, at + word.length);
		state.place = "head";
		state.head = keyword;
		return at + word.length;
	}
	const end = Math.max(at + 1, attachPointEnd(text, at));
	push(state, t.AttachPointToken, at, end);
	return end;
}

function readTopMark(state: State, at: number, end: number): number {
	const mark = state.text.slice(at, end);
	if (mark === "/") {
		push(state, t.PredicateOpen, at, end);
		state.place = "predicate";
		return end;
	}
	if (mark === "{") {
		state.place = "body";
		state.braces = 1;
	}
	const type = mark === "??" ? t.Alternative : t.punctuation.get(mark);
	if (type) push(state, type, at, end);
	return end;
}

function readCDefinition(state: State, at: number): number {
	const { end, unclosed } = cDefinitionExtent(state.text, at);
	if (unclosed !== undefined) {
		const open = state.text.charAt(unclosed);
		const close = open === "{" ? "}" : ")";
		state.report.add("E0109", { open, close }, unclosed, unclosed + 1);
	}
	push(state, t.CDefinitionToken, at, end);
	return end;
}

/** Reads one token of code and follows the braces, so that it is known where the item ends. */
function readInside(state: State, at: number): number {
	const { text } = state;
	if (closesPredicate(state, at)) {
		push(state, t.PredicateClose, at, at + 1);
		state.place = "top";
		return at + 1;
	}
	const { type, end } = readCode(text, at, state.report);
	if (type === undefined) return end;
	if (type === t.LeftBrace) openBrace(state);
	push(state, type, at, end);
	if (type === t.RightBrace) closeBrace(state);
	if (state.place === "head" && endsHead(state, type)) enterTop(state);
	return end;
}

/** In a predicate a `/` before a `{` ends it: nobody divides by a block. */
function closesPredicate(state: State, at: number): boolean {
	const { text, place, braces } = state;
	if (place !== "predicate" || braces > 0 || text.charAt(at) !== "/")
		return false;
	return text.charAt(skipLayout(text, at + 1)) === "{";
}

function openBrace(state: State): void {
	state.braces++;
	if (state.place === "head") state.place = "body";
	// The closing `/` was forgotten if a block follows a finished operand: then this is the body.
	const last = state.tokens.at(-1)?.tokenType;
	if (state.place === "predicate" && state.braces === 1 && endsOperand(last)) {
		state.place = "body";
	}
}

/** A block in a predicate does not end the predicate; any other last `}` ends the item. */
function closeBrace(state: State): void {
	state.braces--;
	const least = state.place === "predicate" ? -1 : 0;
	if (state.braces <= least) enterTop(state);
}

function endsOperand(type: TokenType | undefined): boolean {
	if (type === undefined) return false;
	const closers = [t.RightParen, t.RightBracket, t.VariableToken, t.MapToken];
	const literals = [t.IntegerToken, t.StringToken, t.ParameterToken];
	return (
		[...closers, ...literals].includes(type) ||
		(type.CATEGORIES ?? []).includes(t.Word)
	);
}

/** `let @a = hash(5)` and `import "x"` are over without their `;`, which the top accepts as well. */
function endsHead(state: State, type: TokenType): boolean {
	if (type === t.LeftParen) state.parens++;
	if (type === t.RightParen) state.parens--;
	if (type === t.Semicolon) return true;
	if (state.head === t.Let) {
		return type === t.RightParen && state.parens <= 0;
	}
	return state.head === t.ImportKeyword && type === t.StringToken;
}

/** Finds a probe where code still runs on because its `}` was forgotten. */
function probeStartsHere(state: State, at: number): boolean {
	const last = state.tokens.at(-1)?.tokenType;
	if (state.place === "body" && (last === t.Semicolon || last === t.RightBrace))
		return looksLikeProbe(state.text, at, false);
	const newLine = at > 0 && state.text.charAt(at - 1) === "\n";
	if (!newLine || last === t.Question || last === t.LeftBrace) return false;
	return looksLikeProbe(state.text, at, true);
}

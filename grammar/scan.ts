// Finds where pieces of raw text end: white space, comments, strings, C definitions, preprocessor lines.
// Pure functions from a text and an offset to an offset; nothing here knows tokens.

const WHITE_SPACE = /[ \t\r\n\f\v\u00a0\ufeff]+/y;
const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const STRING = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|'[^'\\]*(?:\\[\s\S][^'\\]*)*'/y;

/** The offset after `pattern` (which must be sticky) at `offset`, or -1. */
export function matchAt(pattern: RegExp, text: string, offset: number): number {
	pattern.lastIndex = offset;
	return pattern.test(text) ? pattern.lastIndex : -1;
}

/** The word that begins at `offset`, or "". */
export function wordAt(text: string, offset: number): string {
	const end = matchAt(WORD, text, offset);
	return end < 0 ? "" : text.slice(offset, end);
}

export function skipWhiteSpace(text: string, offset: number): number {
	return Math.max(offset, matchAt(WHITE_SPACE, text, offset));
}

/** The end of the comment that begins at `offset`, -1 where none does. An unclosed one ends with the text. */
export function commentEnd(text: string, offset: number): number {
	if (text.startsWith("//", offset)) {
		const end = text.indexOf("\n", offset);
		return end < 0 ? text.length : end;
	}
	if (!text.startsWith("/*", offset)) return -1;
	const end = text.indexOf("*/", offset + 2);
	return end < 0 ? text.length : end + 2;
}

/** Skips white space and comments. */
export function skipLayout(text: string, offset: number): number {
	let at = skipWhiteSpace(text, offset);
	for (let end = commentEnd(text, at); end >= 0; end = commentEnd(text, at)) {
		at = skipWhiteSpace(text, end);
	}
	return at;
}

/** The end of a preprocessor directive: of its line, or of the last line it is continued on by `\`. */
export function directiveEnd(text: string, offset: number): number {
	let at = offset;
	for (;;) {
		const end = text.indexOf("\n", at);
		if (end < 0) return offset + text.slice(offset).trimEnd().length;
		const line = text.slice(at, end).replace(/\r$/, "");
		if (!line.endsWith("\\")) return at + line.trimEnd().length;
		at = end + 1;
	}
}

const DIRECTIVE =
	/#[ \t]*(?:$|\r?\n|include|import|define|undef|if|elif|else|endif|pragma|line|error|warning)/my;

/** Whether the `#` at `offset` begins a line for C's preprocessor. */
export function isDirective(text: string, offset: number): boolean {
	return matchAt(DIRECTIVE, text, offset) >= 0;
}

/** Where a C definition ends; `unclosed` is the offset of a `{` or `(` without its counterpart. */
export interface CExtent {
	readonly end: number;
	readonly unclosed: number | undefined;
}

/** The end of the bracketed group that begins at `offset`; strings and comments inside are passed over. */
export function groupEnd(text: string, offset: number): CExtent {
	let depth = 0;
	let at = offset;
	while (at < text.length) {
		const char = text.charAt(at);
		const jump =
			char === "/"
				? commentEnd(text, at)
				: char === '"' || char === "'"
					? matchAt(STRING, text, at)
					: -1;
		if (jump >= 0) {
			at = jump;
			continue;
		}
		if (char === "{" || char === "(") depth++;
		else if (char === "}" || char === ")") depth--;
		at++;
		if (depth <= 0) return { end: at, unclosed: undefined };
	}
	return { end: at, unclosed: offset };
}

/** The extent of a definition that begins with `struct`, `union`, `enum` or `typedef`. */
export function cDefinitionExtent(text: string, offset: number): CExtent {
	const word = wordAt(text, offset);
	let at = offset + word.length;
	while (at < text.length) {
		const char = text.charAt(at);
		if (char === ";") return { end: at + 1, unclosed: undefined };
		if (char === "{" || char === "(") {
			const group = groupEnd(text, at);
			if (group.unclosed !== undefined) return group;
			at = group.end;
			if (char === "{" && word !== "typedef") {
				return afterAttributes(text, at);
			}
		} else {
			at = Math.max(at + 1, commentEnd(text, at));
		}
	}
	return { end: text.trimEnd().length, unclosed: undefined };
}

/** Past `__attribute__((…))` and a `;`, both of which may be missing after a definition's `}`. */
function afterAttributes(text: string, offset: number): CExtent {
	let end = offset;
	for (;;) {
		const at = skipLayout(text, end);
		if (text.charAt(at) === ";") return { end: at + 1, unclosed: undefined };
		const word = wordAt(text, at);
		const open = skipLayout(text, at + word.length);
		if (word !== "__attribute__" || text.charAt(open) !== "(") {
			return { end, unclosed: undefined };
		}
		const group = groupEnd(text, open);
		if (group.unclosed !== undefined) return group;
		end = group.end;
	}
}

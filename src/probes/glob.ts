// Wildcards in probe specs: `*` is any text, `?` one character, `[a-c]` one of a set, `{read,write}` one of these words.
// Matching runs over hundreds of thousands of names, so a pattern is compiled once.

const wild = /[*?]|\[[^\]]*\]|\{[^{}]*,[^{}]*\}/;
const special = /[.+^${}()|\\/\]]/g;

export function hasWildcard(pattern: string): boolean {
	return wild.test(pattern);
}

export type Matcher = (name: string) => boolean;

/** A test for whole names. Plain names are compared, `prefix*`, `*suffix` and `*part*` searched natively. */
export function compileGlob(pattern: string): Matcher {
	if (pattern === "*") return () => true;
	if (!hasWildcard(pattern)) return (name) => name === pattern;
	const inner = pattern.replace(/^\*+|\*+$/g, "");
	if (hasWildcard(inner)) return compileRegExp(pattern);
	const open = pattern.startsWith("*");
	const close = pattern.endsWith("*");
	if (open && close) return (name) => name.includes(inner);
	if (open) return (name) => name.endsWith(inner);
	return (name) => name.startsWith(inner);
}

function compileRegExp(pattern: string): Matcher {
	const expression = new RegExp(`^${regExpSource(pattern)}$`, "s");
	return (name) => expression.test(name);
}

function regExpSource(pattern: string): string {
	return pattern
		.split(/(\*+|\?|\[[^\]]*\]|\{[^{}]*,[^{}]*\})/)
		.map((piece) => {
			if (piece.startsWith("*")) return ".*";
			if (piece === "?") return ".";
			if (/^\[.+\]$/.test(piece)) return characterSet(piece.slice(1, -1));
			if (/^\{.*,.*\}$/.test(piece))
				return `(?:${piece.slice(1, -1).split(",").map(regExpSource).join("|")})`;
			return piece.replace(special, "\\$&").replaceAll("[", "\\[");
		})
		.join("");
}

function characterSet(inner: string): string {
	const negated = inner.startsWith("!") || inner.startsWith("^");
	const set = (negated ? inner.slice(1) : inner).replace(/[\\[\]^]/g, "\\$&");
	return negated ? `[^${set}]` : `[${set}]`;
}

/** The names that match, in their order. */
export function* filterGlob(
	names: Iterable<string>,
	pattern: string,
): Iterable<string> {
	const matches = compileGlob(pattern);
	for (const name of names) if (matches(name)) yield name;
}

// Wildcards in probe specs: `*` is any text, `?` one character, `[a-c]` one of a set.
// Matching runs over hundreds of thousands of names, so a pattern is compiled once.

const wild = /[*?]|\[[^\]]*\]/;
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
	const source = pattern
		.split(/(\*+|\?|\[[^\]]*\])/)
		.map((piece) => {
			if (piece.startsWith("*")) return ".*";
			if (piece === "?") return ".";
			if (/^\[.+\]$/.test(piece)) return characterSet(piece.slice(1, -1));
			return piece.replace(special, "\\$&").replaceAll("[", "\\[");
		})
		.join("");
	const expression = new RegExp(`^${source}$`, "s");
	return (name) => expression.test(name);
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

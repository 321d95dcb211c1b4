// What a script's C text defines, by name only. clang reads the C itself; this says which names to ask it for, since
// clang leaves out what nothing uses.

export interface COutline {
	/** Structs, unions and enums with a body: `struct NAME`. */
	readonly tags: readonly string[];
	readonly typedefs: readonly string[];
	readonly enumerators: readonly string[];
	readonly macros: readonly string[];
	readonly hasIncludes: boolean;
}

const tokenPattern =
	/\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|[A-Za-z_]\w*|\d[\w.]*|\S/g;
const directive = /^[ \t]*#[ \t]*(\w+)(?:\\\r?\n|[^\n])*/gm;

export function outlineC(text: string): COutline {
	const macros = [...text.matchAll(/^[ \t]*#[ \t]*define[ \t]+(\w+)/gm)];
	const hasIncludes = /^[ \t]*#[ \t]*include\b/m.test(text);
	const tokens = tokenize(text.replace(directive, ""));
	return {
		tags: findTags(tokens),
		typedefs: findTypedefs(tokens),
		enumerators: findEnumerators(tokens),
		macros: macros.flatMap((match) => match[1] ?? []),
		hasIncludes,
	};
}

function tokenize(text: string): readonly string[] {
	const all = text.match(tokenPattern) ?? [];
	return all.filter((t) => !t.startsWith("/*") && !t.startsWith("//"));
}

function isWord(token: string | undefined): token is string {
	return token !== undefined && /^[A-Za-z_]/.test(token);
}

function findTags(tokens: readonly string[]): string[] {
	const tags: string[] = [];
	tokens.forEach((token, i) => {
		if (token !== "struct" && token !== "union" && token !== "enum") return;
		const name = tokens[i + 1];
		if (isWord(name) && tokens[i + 2] === "{") tags.push(`${token} ${name}`);
	});
	return tags;
}

/** Declared names of each `typedef …;`: words outside of braces that end a declarator. */
function findTypedefs(tokens: readonly string[]): string[] {
	const names: string[] = [];
	const depth = { "{": 0, "(": 0 };
	let inside = false;
	tokens.forEach((token, i) => {
		if (token === "{" || token === "(") depth[token]++;
		else if (token === "}") depth["{"]--;
		else if (token === ")") depth["("]--;
		else if (token === "typedef" && depth["{"] === 0) inside = true;
		else if (token === ";" && depth["{"] === 0) inside = false;
		const next = tokens[i + 1] ?? "";
		if (!inside || depth["{"] > 0 || !isWord(token)) return;
		const plain = depth["("] === 0 && [";", ",", "["].includes(next);
		const inPointer = tokens[i - 1] === "*" && next === ")";
		if (plain || inPointer) names.push(token);
	});
	return names;
}

function findEnumerators(tokens: readonly string[]): string[] {
	const names: string[] = [];
	tokens.forEach((token, i) => {
		if (token !== "enum") return;
		const open = isWord(tokens[i + 1]) ? i + 2 : i + 1;
		if (tokens[open] !== "{") return;
		for (let at = open + 1; at < tokens.length && tokens[at] !== "}"; at++) {
			const before = tokens[at - 1];
			const name = tokens[at];
			if (isWord(name) && (before === "{" || before === ",")) names.push(name);
		}
	});
	return names;
}

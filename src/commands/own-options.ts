// Whose option is it? After the name of a tool all options are the tool's. After the path of a script, those that the
// script declares are its own and the others are kask's, so that both `./biolatency.bt -m` and bpftrace's
// `script.bt -v` do what they say.
import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { isFile } from "./tools.ts";

/** Marks a word that commander must take for an operand. No word of a command line has a NUL in it. */
const mark = "\0";

/** The words after `file` with the script's own options marked; `words` are all those of the command line. */
export function markOwnOptions(
	words: readonly string[],
	file: string,
	kask: Command,
): readonly string[] {
	const declared = declaredNames(file);
	if (declared.size === 0) return words;
	const at = words.indexOf(file) + 1;
	return [
		...words.slice(0, at),
		...words.slice(at).map((w) => (isOwn(w, declared, kask) ? mark + w : w)),
	];
}

export function unmark(word: string): string {
	return word.startsWith(mark) ? word.slice(mark.length) : word;
}

/** Found in the text alone: a script that was compiled before is not parsed again. */
function declaredNames(file: string): ReadonlySet<string> {
	if (!isFile(file)) return new Set();
	const text = readFileSync(file, "utf8");
	const found = text.matchAll(/\bgetopt\s*\(\s*"([^"<>\n]+)"/g);
	const names = [...found].flatMap(([, n = ""]) => n.split("|"));
	return new Set(names.length > 0 ? [...names, "h", "help"] : []);
}

/** What nobody knows is the script's as well: it can tell what is near. */
function isOwn(
	word: string,
	declared: ReadonlySet<string>,
	kask: Command,
): boolean {
	const [, dashes, name] = /^(--?)([A-Za-z_][\w-]*)/.exec(word) ?? [];
	if (name === undefined) return false;
	const letter = dashes === "-" ? name.charAt(0) : name;
	if (declared.has(name) || declared.has(letter)) return true;
	return !kask.options.some(
		({ short, long }) => short === `-${letter}` || long === `--${name}`,
	);
}

// The C of a script as numbered lines, each with the line of the script that it was made of, and the same text without
// its #line directives: compiled, that says which instructions each line of C became.
import type { CLine } from "./explanation.ts";

const directive = /^#line (\d+)(?: "(.*)")?$/;

export interface CText {
	readonly lines: readonly CLine[];
	/** For clang: `lines` and this have the same numbers. */
	readonly plain: string;
}

/** `script`: its name, as the directives have it; lines of imported scripts belong to no line of it. */
export function readC(c: string, script: string): CText {
	const kept: string[] = [];
	const lines: CLine[] = [];
	let file = "";
	let next: number | undefined;
	let within = "";
	for (const text of c.replace(/\n$/, "").split("\n")) {
		const [, number, name] = directive.exec(text) ?? [];
		if (number !== undefined) {
			next = Number(number);
			file = name ?? file;
			continue;
		}
		kept.push(text);
		within = functionAt(text) ?? within;
		const line = file === script ? next : undefined;
		lines.push({ number: kept.length, text, function: within, line });
		if (text === "}") within = "";
		if (next !== undefined) next++;
	}
	return { lines: withHeads(lines), plain: `${kept.join("\n")}\n` };
}

/** A function's head: `int begin_1(void *ctx)`, `static long each_1(void *map, …)`. */
function functionAt(text: string): string | undefined {
	return /^(?:static |__\w+ )*[\w*]+(?: \*?|\s)(\w+)\(.*\)$/.exec(text)?.[1];
}

/** `SEC("kprobe")` stands before the head of the function that it belongs to. */
function withHeads(lines: readonly CLine[]): CLine[] {
	return lines.map((line, i) =>
		line.text.startsWith("SEC(")
			? { ...line, function: lines[i + 1]?.function ?? "" }
			: line,
	);
}

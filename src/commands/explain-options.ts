// `kask explain`'s own options may stand anywhere, behind a tool's name too: they are put before all else.

import type { Options } from "./options.ts";
import { isFile } from "./tools.ts";

const flags = ["--jit", "--no-pager", "--json"];
const valued = ["--line", "--html"];

/** The words after `explain` with its options first. */
export function explainOptionsFirst(words: readonly string[]): string[] {
	const own: string[] = [];
	const others: string[] = [];
	for (let i = 0; i < words.length; i++) {
		const word = words[i] ?? "";
		if (flags.includes(word) || /^--(line|html)=/.test(word)) own.push(word);
		else if (valued.includes(word)) own.push(word, ...words.slice(++i, i + 1));
		else others.push(word);
	}
	return [...own, ...others];
}

/** `kask explain 'begin { … }'`: the script itself as the first operand. */
export function withInlineScript(options: Options): Options {
	const [first, ...rest] = options.operands;
	const isScript =
		options.program === undefined &&
		first !== undefined &&
		/[{}]/.test(first) &&
		!isFile(first);
	return isScript ? { ...options, program: first, operands: rest } : options;
}

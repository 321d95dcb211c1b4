// `kask help` for what the language itself has: words and signs, and configuration variables.
import { type LanguageWord, languageWord } from "../../grammar/words.ts";
import { type ConfigRow, configTable } from "../semantic/config-table.ts";
import { filled, indented } from "./help-text.ts";

/** Configuration variables that a script may set; those for tests are not told. */
export const toldVariables: readonly ConfigRow[] = configTable.filter(
	({ about }) => about !== undefined,
);

/** What `while`, `@` or `max_map_keys` is; undefined where it is none of them. */
export function languageText(name: string): string | undefined {
	// `@start` and `$x` are told as any map and any variable.
	const word =
		languageWord(name) ?? languageWord(/^[@$]/.exec(name)?.[0] ?? "");
	if (word) return wordText(word);
	const bare = name.toLowerCase().replace(/^(bpftrace|kask)_/, "");
	const row = toldVariables.find((r) => r.name === bare);
	return row && variableText(row);
}

function wordText({ names, forms, doc, example }: LanguageWord): string {
	const also = names.length > 1 ? `Also: ${names.slice(1).join(", ")}\n` : "";
	return `${forms.join("\n")}\n\n${filled(doc)}\n${also}\nExample:\n    ${indented(example).trimStart()}\n`;
}

function variableText({ name, kind, initial, about = "" }: ConfigRow): string {
	const choices =
		typeof kind === "string" ? "" : `One of: ${kind.join(", ")}\n`;
	const what = about.charAt(0).toUpperCase() + about.slice(1);
	const set = kind === "string" ? `"${initial}"` : initial;
	return `${name} = ${set}\n\n${filled(`${what}.`)}\n${choices}In the environment: KASK_${name.toUpperCase()}, which wins over the script's.\n\nExample:\n    config = { ${name} = ${set} }\n    begin { print(config.${name}); exit(); }\n`;
}

// What came after the script on the command line, read as the script's own options and positional parameters.
import type { Script } from "../../grammar/ast.ts";
import { toByteString } from "../base/byte-text.ts";
import type { Diagnostics } from "../base/diagnostics.ts";
import { nearestName } from "../base/suggest.ts";
import type { OptionKind } from "../builtins/option.ts";
import { readNumber } from "../probes/spec.ts";
import { readInteger } from "../semantic/names.ts";
import { numberNames, readNamedNumber } from "./named-numbers.ts";
import { makeProgram } from "./options.ts";
import { describeOption } from "./script-help.ts";
import {
	type OptionValue,
	readScriptOptions,
	type ScriptOption,
	type ScriptOptions,
	spell,
} from "./script-options.ts";

export interface ScriptParameters {
	readonly positional: readonly string[];
	/** Given or default values of options by each of their names; of positional parameters by `<name>`. */
	readonly named: ReadonlyMap<string, OptionValue>;
}

interface Reading {
	readonly declared: ScriptOptions;
	readonly diagnostics: Diagnostics;
	readonly positional: string[];
	readonly named: Map<string, OptionValue>;
}

/** Sorts what came after the script; reports unknown options, bad values and parameters beyond those declared. */
export function readScriptParameters(
	script: Script,
	args: readonly string[],
	diagnostics: Diagnostics,
): ScriptParameters | undefined {
	const declared = readScriptOptions(script, diagnostics);
	const reading: Reading = {
		declared,
		diagnostics,
		positional: [],
		named: new Map(),
	};
	for (const option of [...declared.options, ...declared.operands])
		setValue(reading, option, option.initial);
	const words = [...args];
	for (let word = words.shift(); word !== undefined; word = words.shift())
		readWord(reading, word, words);
	readOperands(reading);
	const { positional, named } = reading;
	return diagnostics.hasErrors ? undefined : { positional, named };
}

/** One word; an option's value is taken from `rest`. */
function readWord(reading: Reading, word: string, rest: string[]): void {
	if (word === "--") {
		reading.positional.push(...rest.splice(0));
		return;
	}
	const match = /^(--?)([A-Za-z_][\w-]*)(?:=([\s\S]*))?/.exec(word);
	if (!match) {
		const digit = /^-(\d)/.exec(word)?.[1];
		if (digit !== undefined && findOption(reading, digit))
			readLetters(reading, word.slice(1), rest);
		else reading.positional.push(word);
		return;
	}
	const [whole, dashes, name = "", given] = match;
	const named = findOption(reading, name);
	if (named && whole === word && (dashes === "--" || name.length > 1))
		readNamed(reading, named, name, given, rest);
	else if (dashes === "--" || !findOption(reading, word.charAt(1)))
		reportUnknown(reading, word);
	else readLetters(reading, word.slice(1), rest);
}

function findOption({ declared }: Reading, name: string) {
	return declared.options.find((o) => o.names.includes(name));
}

/** `--pid=12`, `--pid 12`. */
function readNamed(
	reading: Reading,
	option: ScriptOption,
	name: string,
	given: string | undefined,
	rest: string[],
): void {
	const text = given ?? (option.kind === "flag" ? "true" : rest.shift());
	takeValue(reading, option, `option ${spell(name)}`, text);
}

/** `-mT`, `-p12`, `-p=12`, `-mp 12`. */
function readLetters(reading: Reading, letters: string, rest: string[]): void {
	const letter = letters.charAt(0);
	const more = letters.slice(1);
	const option = findOption(reading, letter);
	if (!option) {
		reportUnknown(reading, `-${letter}`);
		return;
	}
	const given = /^=/.test(more) ? more.slice(1) : more;
	if (option.kind !== "flag") {
		const text = more === "" ? rest.shift() : given;
		takeValue(reading, option, `option -${letter}`, text);
		return;
	}
	const text = given === more ? "true" : given;
	takeValue(reading, option, `option -${letter}`, text);
	if (more !== "" && given === more) readLetters(reading, more, rest);
}

/** Positional parameters that the script has names for. */
function readOperands(reading: Reading): void {
	const { declared, positional, diagnostics } = reading;
	for (const [i, operand] of declared.operands.entries()) {
		const text = positional[i];
		if (text !== undefined)
			takeValue(reading, operand, `parameter ${operand.names[0]}`, text);
	}
	const most = Math.max(declared.operands.length, declared.highestParameter);
	const extra = positional[most];
	if (declared.operands.length === 0 || extra === undefined) return;
	const names = declared.operands.map((o) => `[${o.names[0]}]`).join(" ");
	diagnostics.report(
		"E0810",
		{ given: JSON.stringify(extra) },
		{ help: `it takes ${names}; --help tells more` },
	);
}

const wanted: Readonly<Record<OptionKind, string>> = {
	flag: "true or false",
	number: "a number",
	duration: "a duration such as 10ms",
	string: "a value",
};

function takeValue(
	reading: Reading,
	option: ScriptOption,
	what: string,
	text: string | undefined,
): void {
	const value = text === undefined ? undefined : readValue(option.kind, text);
	if (value !== undefined) {
		setValue(reading, option, value);
		return;
	}
	const given = text === undefined ? "nothing" : JSON.stringify(text);
	const near = option.kind === "number" && text?.match(/\w+$/)?.[0];
	const name = near ? nearestName(near, numberNames) : undefined;
	reading.diagnostics.report(
		"E0806",
		{ what, wanted: wanted[option.kind], given },
		{
			span: option.span,
			help: name
				? `did you mean ${name}?`
				: `${describeOption(option)}; --help tells more`,
		},
	);
}

function readValue(kind: OptionKind, text: string): OptionValue | undefined {
	switch (kind) {
		case "string":
			return toByteString(text);
		case "number":
			return readInteger(text) ?? readNamedNumber(text);
		case "duration":
			// Without a unit it would be anybody's guess.
			return /^0$|[a-z]$/.test(text) ? readNumber(text) : undefined;
		case "flag": {
			const word = text.toLowerCase();
			if (word === "true" || word === "1") return true;
			return word === "false" || word === "0" ? false : undefined;
		}
	}
}

function setValue(
	{ named }: Reading,
	option: ScriptOption,
	value: OptionValue,
): void {
	for (const name of option.names)
		named.set(option.operand ? `<${name}>` : name, value);
}

function reportUnknown({ declared, diagnostics }: Reading, word: string): void {
	const given = word.replace(/=.*/s, "");
	const spelled = declared.options.flatMap((o) => o.names.map(spell));
	const isOfKask = makeProgram("").options.some(({ short, long }) =>
		[short, long].includes(given),
	);
	const near =
		given.length > 2
			? nearestName(given, isOfKask ? [] : spelled)
			: spelled.find((s) => s.toLowerCase() === given.toLowerCase());
	const known = isOfKask
		? `kask's own ${given} stands before the script`
		: spelled.length > 0
			? `it knows ${spelled.join(", ")}`
			: "it has none; the script reads options with getopt()";
	diagnostics.report(
		"E0805",
		{ option: given },
		{ help: near ? `did you mean ${near}?` : known },
	);
}

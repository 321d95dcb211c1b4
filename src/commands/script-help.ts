// `kask TOOL --help`: what a script takes, from what it declares with getopt(), and what its header comment says.
import type { Script } from "../../grammar/ast.ts";
import type { Diagnostics } from "../base/diagnostics.ts";
import type { OptionKind } from "../builtins/option.ts";
import {
	readScriptOptions,
	type ScriptOption,
	type ScriptOptions,
	spell,
} from "./script-options.ts";
import { readHeader } from "./tool-header.ts";

const width = 79;
const aboutColumn = 22;

/** The help text; undefined where the script has taken these names for options of its own. */
export function scriptHelp(
	script: Script,
	name: string,
	diagnostics: Diagnostics,
): string | undefined {
	const declared = readScriptOptions(script, diagnostics);
	if (diagnostics.hasErrors) return undefined;
	const own = new Set(declared.options.flatMap((o) => o.names));
	if (own.has("h") || own.has("help")) return undefined;
	const header = readHeader(script.span.source.text);
	const sections = [
		usage(name, declared),
		header.about && `${wrap(header.about, width).join("\n")}\n`,
		section("positional arguments", declared.operands.map(operandRow)),
		section("options", [
			["-h, --help", "show this help and end"],
			...declared.options.map(optionRow),
		]),
		header.examples.length > 0
			? `examples:\n${header.examples.map((line) => `  ${line}\n`).join("")}`
			: "",
	];
	return sections.filter((text) => text !== "").join("\n");
}

function usage(name: string, { options, operands }: ScriptOptions): string {
	const head = `usage: ${name}`;
	const words = ["[-h]", ...options.map((o) => `[${shortForm(o)}]`)];
	const last = operands.map((o) => `[${o.names[0]}]`).join(" ");
	const lines = wrapWords(
		[...words, ...(last === "" ? [] : [last])],
		width - head.length - 1,
	);
	const indent = " ".repeat(head.length + 1);
	return `${head} ${lines.join(`\n${indent}`)}\n`;
}

/** An option or a positional parameter in one line, for a help line. */
export function describeOption(option: ScriptOption): string {
	const [form, about] = option.operand ? operandRow(option) : optionRow(option);
	if (about === "") return form;
	return about.startsWith("(") ? `${form} ${about}` : `${form}: ${about}`;
}

/** `-p PID`, by the first of its names. */
function shortForm(option: ScriptOption): string {
	return withValue(option, spell(option.names[0] ?? ""));
}

function withValue(option: ScriptOption, form: string): string {
	return option.kind === "flag" ? form : `${form} ${valueName(option)}`;
}

/** What stands for the value: the option's first long name. */
function valueName({ names, kind }: ScriptOption): string {
	const long = names.find((n) => n.length > 1);
	return long?.toUpperCase() ?? valueNames[kind];
}

const valueNames: Readonly<Record<OptionKind, string>> = {
	flag: "",
	number: "N",
	duration: "TIME",
	string: "TEXT",
};

type Row = readonly [form: string, about: string];

function optionRow(option: ScriptOption): Row {
	const forms = option.names.map((n) => withValue(option, spell(n)));
	return [forms.join(", "), about(option)];
}

function operandRow(operand: ScriptOption): Row {
	return [operand.names[0] ?? "", about(operand)];
}

/** Defaults that stand for "not given". */
const silentDefaults: readonly ScriptOption["initial"][] = [false, "", 0n, -1n];

/** The description, and the default where it says something and the description does not. */
function about({ description, initial, kind }: ScriptOption): string {
	if (silentDefaults.includes(initial) || /\bdefault/.test(description))
		return description;
	const shown = kind === "duration" ? spellDuration(initial) : String(initial);
	return `${description} (default: ${shown})`.trimStart();
}

const durations: readonly (readonly [bigint, string])[] = [
	[1_000_000_000n, "s"],
	[1_000_000n, "ms"],
	[1_000n, "us"],
	[1n, "ns"],
];

function spellDuration(value: ScriptOption["initial"]): string {
	const ns = BigInt(value);
	const unit = durations.find(([size]) => ns % size === 0n);
	return unit ? `${ns / unit[0]}${unit[1]}` : String(ns);
}

function section(title: string, rows: readonly Row[]): string {
	if (rows.length === 0) return "";
	return `${title}:\n${rows.map(rowText).join("")}`;
}

function rowText([form, text]: Row): string {
	const lines = wrap(text, width - aboutColumn);
	const head = `  ${form}`;
	const indent = " ".repeat(aboutColumn);
	const below = lines.join(`\n${indent}`);
	return head.length + 2 > aboutColumn
		? `${head}${below === "" ? "" : `\n${indent}${below}`}\n`
		: `${`${head.padEnd(aboutColumn)}${below}`.trimEnd()}\n`;
}

function wrap(text: string, columns: number): readonly string[] {
	return wrapWords(text.split(/\s+/), columns);
}

/** Lines of whole words. */
function wrapWords(
	words: readonly string[],
	columns: number,
): readonly string[] {
	const lines: string[] = [];
	for (const word of words) {
		const last = lines.at(-1);
		if (last !== undefined && last.length + 1 + word.length <= columns)
			lines[lines.length - 1] = `${last} ${word}`;
		else lines.push(word);
	}
	return lines;
}

// A script's own parameters: positional ones, and the options it declares with getopt().
import type { Script } from "../../grammar/ast.ts";
import type { Diagnostics } from "../base/diagnostics.ts";
import { nearestName } from "../base/suggest.ts";
import type { OptionDeclaration } from "../builtins/definition.ts";
import { builtinNamed } from "../builtins/index.ts";
import { readInteger } from "../semantic/names.ts";

export interface ScriptParameters {
	readonly positional: readonly string[];
	readonly named: ReadonlyMap<string, bigint | string | boolean>;
}

/** Sorts what came after the script; reports unknown options and bad values. */
export function readScriptParameters(
	script: Script,
	args: readonly string[],
	diagnostics: Diagnostics,
): ScriptParameters | undefined {
	const options = declaredOptions(script);
	const positional: string[] = [];
	const named = new Map<string, bigint | string | boolean>();
	for (let i = 0; i < args.length; i++) {
		const arg = args[i] ?? "";
		const match = /^(--?)([A-Za-z_][\w-]*)(?:=([\s\S]*))?$/.exec(arg);
		if (!match) {
			positional.push(arg);
			continue;
		}
		const [, , name = "", given] = match;
		const option = options.get(name);
		if (!option) {
			reportUnknown(diagnostics, arg, options);
			continue;
		}
		const text = given ?? (option.kind === "flag" ? "true" : args[++i]);
		const value = text === undefined ? undefined : readValue(option, text);
		if (value === undefined)
			diagnostics.report("E0806", {
				option: spell(name),
				wanted: wanted[option.kind],
				given: text === undefined ? "nothing" : JSON.stringify(text),
			});
		else named.set(name, value);
	}
	return diagnostics.hasErrors ? undefined : { positional, named };
}

const wanted = { flag: "true or false", number: "a number", string: "a value" };

function readValue(
	option: OptionDeclaration,
	text: string,
): bigint | string | boolean | undefined {
	if (option.kind === "string") return text;
	if (option.kind === "number") return readInteger(text);
	const word = text.toLowerCase();
	if (word === "true" || word === "1") return true;
	return word === "false" || word === "0" ? false : undefined;
}

function reportUnknown(
	diagnostics: Diagnostics,
	arg: string,
	options: ReadonlyMap<string, OptionDeclaration>,
): void {
	const spelled = [...options.keys()].map(spell);
	const near = nearestName(arg, spelled);
	const known =
		spelled.length > 0
			? `it knows ${spelled.join(", ")}`
			: "it has none; the script reads options with getopt()";
	diagnostics.report(
		"E0805",
		{ option: arg },
		{ help: near ? `did you mean ${near}?` : known },
	);
}

/** `-m`, `--name`. */
export function spell(name: string): string {
	return name.length === 1 ? `-${name}` : `--${name}`;
}

/** Options by name, in the order of the script. */
export function declaredOptions(
	script: Script,
): Map<string, OptionDeclaration> {
	const found = new Map<string, OptionDeclaration>();
	walk(script.items, found);
	return found;
}

function walk(node: unknown, found: Map<string, OptionDeclaration>): void {
	if (Array.isArray(node)) {
		for (const item of node) walk(item, found);
		return;
	}
	if (typeof node !== "object" || node === null) return;
	const record = node as Readonly<Record<string, unknown>>;
	if (record.kind === "call") {
		const option = optionOf(record);
		if (option && !found.has(option.name)) found.set(option.name, option);
	}
	for (const [key, value] of Object.entries(record))
		if (key !== "span") walk(value, found);
}

function optionOf(
	call: Readonly<Record<string, unknown>>,
): OptionDeclaration | undefined {
	const callee = call.callee as { readonly text: string };
	const declare = builtinNamed(callee.text)?.option;
	const values: (bigint | string | boolean)[] = [];
	for (const arg of call.args as readonly Written[]) {
		const value = writtenValue(arg);
		if (value === undefined) break;
		values.push(value);
	}
	return declare?.(values);
}

/** A literal as the parser leaves it; the sign of a number stands before it. */
interface Written {
	readonly kind: string;
	readonly value?: bigint | string | boolean;
	readonly operator?: string;
	readonly operand?: Written;
}

function writtenValue(node: Written): bigint | string | boolean | undefined {
	if (node.kind !== "unary" || !node.operand) return node.value;
	const value = writtenValue(node.operand);
	if (typeof value !== "bigint") return undefined;
	return node.operator === "-" ? -value : undefined;
}

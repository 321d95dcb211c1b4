// `kask TOOL --help`: the options that a script declares with getopt().
import type { Script } from "../../grammar/ast.ts";
import type { OptionDeclaration } from "../builtins/definition.ts";
import { declaredOptions, spell } from "./parameters.ts";

/** The help text; undefined where the script has taken these names for options of its own. */
export function scriptHelp(script: Script, name: string): string | undefined {
	const options = [...declaredOptions(script).values()];
	if (options.some((o) => o.name === "help" || o.name === "h"))
		return undefined;
	const usage = `USAGE: kask ${name} ${options.length > 0 ? "[options] " : ""}[parameters]\n`;
	if (options.length === 0) return usage;
	const rows = options.map((o) => [formOf(o), aboutOf(o)] as const);
	const width = Math.max(...rows.map(([form]) => form.length));
	const lines = rows.map(([form, about]) =>
		`  ${form.padEnd(width)}  ${about}`.trimEnd(),
	);
	return `${usage}\nOPTIONS:\n${lines.join("\n")}\n`;
}

function formOf({ name, kind }: OptionDeclaration): string {
	const value = { flag: "", number: "NUMBER", string: "TEXT" }[kind];
	const gap = name.length === 1 ? " " : "=";
	return value === "" ? spell(name) : `${spell(name)}${gap}${value}`;
}

function aboutOf({ description, initial }: OptionDeclaration): string {
	const shown = typeof initial === "string" ? `"${initial}"` : String(initial);
	const preset = initial === false ? "" : `(default: ${shown})`;
	return [description, preset].filter((part) => part !== "").join(" ");
}

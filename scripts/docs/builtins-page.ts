// docs/builtins.md: a section per builtin, told by its definition.
import { shellWords } from "../../src/base/shell-words.ts";
import type { BuiltinDefinition } from "../../src/builtins/definition.ts";
import { allBuiltins, builtinNamed } from "../../src/builtins/index.ts";
import { whereItRuns } from "../../src/builtins/where-it-runs.ts";
import { codeBlock, linkTo } from "./markdown.ts";

const groups: readonly (readonly [
	group: BuiltinDefinition["group"],
	title: string,
	about: string,
])[] = [
	[
		"context",
		"Context",
		"What is known where the probe fires: who runs, when, and what the probe was given. Read in the kernel, at the moment of the event.",
	],
	[
		"aggregation",
		"Aggregations",
		"Values that a map adds up in the kernel, one cell for each CPU, so that millions of events cost little. Assign them to a map: `@x[key] = count();`.",
	],
	[
		"output",
		"Output and control",
		"What is shown, and when. The kernel sends the values, kask prints them; the order of one CPU's lines is kept.",
	],
	["data", "Data", "Texts, bytes, addresses and types."],
	[
		"symbols",
		"Symbols and stacks",
		"Names for addresses, and the way the program came.",
	],
	["maps", "Maps and options", "Keys of maps, and a script's own options."],
];

const intro = `# Builtins

Made from the definitions in \`src/builtins/\` by \`npm run docs\`; \`kask help NAME\` shows the same. Every example runs as
it stands and is run by a test; those that do not end by themselves end with Ctrl-C. The language around them is told in
[language.md](language.md), the probes in [probes.md](probes.md).

How signatures are read: a \`?\` after a parameter's name means that it may be left out; \`literal\`, that it must be known
when the script is compiled; \`...\`, that more may follow; \`a|b\`, one or the other. \`map\` is a map's name, \`key\` a key
of it (in parentheses where it has several parts), \`word\` a bare word, \`type\` a type's name. What has a signature without parentheses is used without them.
`;

export function builtinsPage(): string {
	const index = groups.map(
		([group, title]) =>
			`- **${title}**: ${members(group)
				.map((b) => linkTo(rowTitle(b)))
				.join(" · ")}`,
	);
	const sections = groups.map(
		([group, title, about]) =>
			`## ${title}\n\n${about}\n\n${members(group).map(section).join("\n\n")}`,
	);
	return `${[intro, index.join("\n"), "", sections.join("\n\n")].join("\n")}\n`;
}

function members(
	group: BuiltinDefinition["group"],
): readonly BuiltinDefinition[] {
	return allBuiltins
		.filter((b) => b.group === group && !isOneOfRow(b))
		.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** `arg1` is told with `arg0`. */
function isOneOfRow({ name }: BuiltinDefinition): boolean {
	const first = name.replace(/[1-9]\d*$/, "0");
	return first !== name && builtinNamed(first) !== undefined;
}

/** `arg0 … arg11` for the first of a row. */
function rowTitle({ name }: BuiltinDefinition): string {
	if (!name.endsWith("0")) return name;
	const stem = name.slice(0, -1);
	const numbers = allBuiltins
		.filter((b) => b.name.startsWith(stem) && isOneOfRow(b))
		.map((b) => Number(b.name.slice(stem.length)));
	return numbers.length > 0 ? `${name} … ${stem}${Math.max(...numbers)}` : name;
}

function section(builtin: BuiltinDefinition): string {
	const { aliases = [], needs = [] } = builtin;
	const { runs, lost } = whereItRuns(builtin);
	const notes = [
		`Runs ${runs}.`,
		lost !== undefined && `May be lost: ${lost}.`,
		aliases.length > 0 && `Also written ${listed(aliases)}.`,
		builtin.unsafe && "Only with `--unsafe`.",
		builtin.exampleArgs &&
			`The example is run with \`${shellWords(builtin.exampleArgs)}\`.`,
		needs.length > 0 &&
			`Needs of the kernel: ${listed(needs)} (see \`kask --info\`).`,
	].filter((note) => typeof note === "string");
	return [
		`### ${rowTitle(builtin)}`,
		codeBlock(builtin.signatures.join("\n")),
		[builtin.doc, ...notes].join(" "),
		codeBlock(builtin.example, "bt"),
	].join("\n\n");
}

function listed(names: readonly string[]): string {
	return names.map((n) => `\`${n}\``).join(", ");
}

// The formatter: a syntax tree back to text in the one canonical style. Parsing that text gives the same tree.

import type {
	Config,
	ConfigEntry,
	Expression,
	Item,
	Macro,
	MacroParameter,
	Probe,
	Script,
} from "./ast.ts";
import { attachPointText } from "./attach-point.ts";
import { behind, commentQueue } from "./format-comments.ts";
import { expressionText, typeText } from "./format-expression.ts";
import {
	blockText,
	bracesText,
	type Line,
	layOut,
	type StatementPrinter,
	statementPrinter,
} from "./format-statement.ts";

/** Longer lists of probes are written one below the other. */
const LONGEST_LINE = 100;

/** The script in canonical style, ending in a line end. The script must have been parsed without errors. */
export function formatScript(script: Script): string {
	const printer = statementPrinter(commentQueue(script));
	const lines: Line[] = script.items.map((node) => ({
		node,
		print: () => itemText(printer, node),
	}));
	const items = new Map(lines.map((line, i) => [line, script.items[i]]));
	const hasBody = (line: Line) => isBlockItem(items.get(line));
	const body = layOut(
		printer,
		lines,
		script.span.end + 1,
		(line, before) => hasBody(line) || hasBody(before),
	);
	return `${[...shebangLines(script), ...body].join("\n")}\n`;
}

function shebangLines(script: Script): string[] {
	const { shebang } = script;
	if (shebang === undefined) return [];
	const { text } = script.span.source;
	const after = text.slice(text.indexOf(shebang) + shebang.length);
	return /^[ \t\r]*\n[ \t\r]*\n/.test(after) ? [shebang, ""] : [shebang];
}

function isBlockItem(item: Item | undefined): boolean {
	return (
		item !== undefined &&
		["config", "macro", "function", "probe"].includes(item.kind)
	);
}

function itemText(printer: StatementPrinter, item: Item): string {
	switch (item.kind) {
		case "preprocessor":
		case "c-definition":
			return item.text;
		case "config":
			return configText(printer, item);
		case "import":
			return `import ${item.path.text};`;
		case "map-declaration": {
			const args = item.args.map((arg) => expressionText(printer, arg));
			const type = item.mapType
				? ` = ${item.mapType.text}(${args.join(", ")})`
				: "";
			return `let @${item.map.text}${type};`;
		}
		case "macro":
			return macroText(printer, item);
		case "function": {
			const parameters = item.parameters.map(
				(p) => `$${p.variable.name}: ${typeText(printer, p.type)}`,
			);
			const head = `fn ${item.name.text}(${parameters.join(", ")}): `;
			const type = typeText(printer, item.returnType);
			return `${head}${type} ${blockText(printer, item.body)}`;
		}
		case "probe":
			return probeText(printer, item);
	}
}

function configText(printer: StatementPrinter, config: Config): string {
	const lines = config.entries.map((node) => ({
		node,
		print: () => `${node.name.text} = ${settingText(node)};`,
	}));
	return `config = ${bracesText(printer, config, lines)}`;
}

function settingText({ value }: ConfigEntry): string {
	return value.kind === "boolean" ? String(value.value) : value.text;
}

function macroText(printer: StatementPrinter, macro: Macro): string {
	const parameters = macro.parameters.map(parameterText).join(", ");
	const body = blockText(printer, macro.body);
	return `macro ${macro.name.text}(${parameters}) ${body}`;
}

function parameterText({ kind, name }: MacroParameter): string {
	const sigil = kind === "variable" ? "$" : kind === "map" ? "@" : "";
	return sigil + name;
}

function probeText(printer: StatementPrinter, probe: Probe): string {
	const head = specsText(printer, probe);
	const predicate = probe.predicate
		? ` /${predicateText(printer, probe.predicate)}/`
		: "";
	return `${head}${predicate} ${blockText(printer, probe.body)}`;
}

/** A space keeps `/` and `*` from opening a comment. */
function predicateText(
	printer: StatementPrinter,
	predicate: Expression,
): string {
	const text = expressionText(printer, predicate);
	return text.startsWith("*") ? ` ${text}` : text;
}

/** The probes of a list, one below the other where they are many or have comments between them. */
function specsText(printer: StatementPrinter, probe: Probe): string {
	const { comments } = printer;
	const specs = probe.specs.map((spec, i) => {
		const text = spec.alternatives.map(attachPointText).join(" ?? ");
		const next = probe.specs[i + 1];
		if (next === undefined) return { text, notes: [] };
		return { text: `${text},`, notes: comments.before(next.span.start) };
	});
	const plain = specs.map(({ text }) => text).join(" ");
	const noted = specs.some(({ notes }) => notes.length > 0);
	if (!noted && plain.length <= LONGEST_LINE) return plain;
	return specs.map(({ text, notes }) => behind(text, notes, "")).join("\n");
}

// The options and positional parameters that a script declares with getopt().
import type { Script } from "../../grammar/ast.ts";
import { type AnyNode, walkTree } from "../../grammar/walk.ts";
import type { Diagnostics } from "../base/diagnostics.ts";
import type { Span } from "../base/source.ts";
import { builtinNamed } from "../builtins/index.ts";
import type {
	OptionDeclaration,
	OptionKind,
	OptionLiteral,
} from "../builtins/option.ts";

export type OptionValue = bigint | string | boolean;

/** An option with what all its mentions say of it. */
export interface ScriptOption {
	readonly names: readonly string[];
	/** Given by its place, not by name. */
	readonly operand: boolean;
	readonly kind: OptionKind;
	readonly initial: OptionValue;
	readonly description: string;
	/** Of the mention that has the default, else of the first. */
	readonly span: Span;
}

/** What a script takes on the command line. */
export interface ScriptOptions {
	readonly options: readonly ScriptOption[];
	/** In the order of the script. */
	readonly operands: readonly ScriptOption[];
	/** The highest N of the `$N` in use. */
	readonly highestParameter: number;
}

interface Mention extends OptionDeclaration {
	readonly span: Span;
}

interface Found {
	readonly mentions: Mention[];
	highest: number;
}

/** Reports mentions that do not agree. */
export function readScriptOptions(
	script: Script,
	diagnostics: Diagnostics,
): ScriptOptions {
	const found: Found = { mentions: [], highest: 0 };
	walkTree(script.items, (node) => collect(node, found));
	const groups: Mention[][] = [];
	for (const mention of found.mentions) addMention(groups, mention);
	for (const group of groups) checkDefaults(group, diagnostics);
	// In the order of the declarations, wherever they are asked for before.
	const all = groups
		.map((group) => ({
			group,
			at: found.mentions.indexOf(declarationOf(group)),
		}))
		.sort((a, b) => a.at - b.at)
		.map(({ group }) => mergeMentions(group));
	return {
		options: all.filter((o) => !o.operand),
		operands: all.filter((o) => o.operand),
		highestParameter: found.highest,
	};
}

function collect(node: AnyNode, found: Found): void {
	if (node.kind === "call") {
		const mention = mentionOf(node);
		if (mention) found.mentions.push(mention);
	}
	if (node.kind === "parameter")
		found.highest = Math.max(found.highest, Number(node.index));
}

function mentionOf(call: AnyNode): Mention | undefined {
	const callee = call.callee as { readonly text: string };
	const declare = builtinNamed(callee.text)?.option;
	if (!declare) return undefined;
	const literals: OptionLiteral[] = [];
	for (const arg of call.args as readonly Written[]) {
		const literal = writtenLiteral(arg);
		if (literal === undefined) break;
		literals.push(literal);
	}
	const declaration = declare(literals);
	return declaration && { ...declaration, span: call.span as Span };
}

/** A literal as the parser leaves it; the sign of a number stands before it. */
interface Written {
	readonly kind: string;
	readonly value?: OptionValue;
	readonly duration?: boolean;
	readonly operator?: string;
	readonly operand?: Written;
}

function writtenLiteral(node: Written): OptionLiteral | undefined {
	if (node.kind !== "unary" || !node.operand) {
		const { value, duration = false } = node;
		return value === undefined ? undefined : { value, duration };
	}
	const inner = writtenLiteral(node.operand);
	if (typeof inner?.value !== "bigint" || node.operator !== "-")
		return undefined;
	return { ...inner, value: -inner.value };
}

/** Mentions that share a name are of one option, those that it joins as well. */
function addMention(groups: Mention[][], mention: Mention): void {
	const same = groups.filter((group) => group.some((m) => areSame(m, mention)));
	const [first, ...others] = same;
	if (!first) {
		groups.push([mention]);
		return;
	}
	for (const other of others) {
		first.push(...other);
		groups.splice(groups.indexOf(other), 1);
	}
	first.push(mention);
}

function areSame(a: Mention, b: Mention): boolean {
	return a.operand === b.operand && a.names.some((n) => b.names.includes(n));
}

function checkDefaults(
	group: readonly Mention[],
	diagnostics: Diagnostics,
): void {
	const [first, ...others] = group.filter((m) => m.initial !== undefined);
	const other = others.find(
		(m) => m.initial !== first?.initial || m.kind !== first?.kind,
	);
	if (!first || !other) return;
	diagnostics.report(
		"E0481",
		{ option: spellNames(other) },
		{
			span: other.span,
			notes: [{ text: "declared before", span: first.span }],
			help: `give the default once, and ask again by name alone: getopt("${other.operand ? `<${other.names[0]}>` : other.names[0]}")`,
		},
	);
}

/** The mention with the default, else the first. */
function declarationOf(group: readonly Mention[]): Mention {
	const found = group.find((m) => m.initial !== undefined) ?? group[0];
	if (!found) throw new Error("E0905: an option without a mention");
	return found;
}

function mergeMentions(group: readonly Mention[]): ScriptOption {
	const declared = declarationOf(group);
	return {
		names: [...new Set([...declared.names, ...group.flatMap((m) => m.names)])],
		operand: declared.operand,
		kind: declared.kind ?? "flag",
		initial: declared.initial ?? false,
		description: group.find((m) => m.description)?.description ?? "",
		span: declared.span,
	};
}

/** `-m`, `--name`. */
export function spell(name: string): string {
	return name.length === 1 ? `-${name}` : `--${name}`;
}

/** `-m, --milliseconds`; for an operand, its name. */
export function spellNames({
	names,
	operand,
}: Pick<OptionDeclaration, "names" | "operand">): string {
	return operand ? (names[0] ?? "") : names.map(spell).join(", ");
}

// The grammar as Chevrotain recorded it, made fit to be read: from the top down, without rules that only name another.
import type { ISerializedGast, TokenType } from "chevrotain";
import {
	assignOperators,
	binaryPrecedence,
	unaryOperators,
} from "../../grammar/operators.ts";
import { ScriptParser } from "../../grammar/parser.ts";
import { vocabulary } from "../../grammar/tokens.ts";

export type Part =
	| { readonly kind: "text"; readonly text: string }
	| { readonly kind: "rule" | "token"; readonly name: string }
	| { readonly kind: "sequence" | "choice"; readonly parts: readonly Part[] }
	| { readonly kind: "optional"; readonly part: Part }
	| {
			readonly kind: "many";
			readonly part: Part;
			readonly atLeastOne: boolean;
			readonly separator?: Part;
	  };

export interface Rule {
	readonly name: string;
	readonly part: Part;
}

/** Tokens that are more than one spelling, in words: what the hand-written lexer takes for each. */
const tokenTexts: Readonly<Record<string, string>> = {
	Word: "a letter or _, then letters, digits and _",
	Identifier: "a Word that is no keyword",
	Integer:
		"decimal, 0x hexadecimal, 0 octal or 1e6; _ between digits; then perhaps ns us ms s m h d, or u l ul ll ull",
	String: 'text in " on one line, with \\n \\t \\r \\a \\" \\\\ \\xHH \\NNN',
	Variable: "$ and a Word",
	Parameter: "$ and a number",
	Map: "@, then perhaps a Word",
	Tag: "struct, union or enum",
	AttachPoint:
		'type:part:part, up to white space, a comma, a brace or the predicate; parts may be in ", and hold wildcards * ? [ ]',
	Preprocessor: "a line that begins with #, except a first line #!",
	CDefinition: "struct, union, enum or typedef, as C has it",
	BinaryOperator: Object.keys(binaryPrecedence).join("  "),
	AssignOperator: assignOperators.join("  "),
	UnaryOperator: unaryOperators.join("  "),
};

/** The rules that a script is made of, in the order in which they are first needed. */
export function grammarRules(): readonly Rule[] {
	const productions: readonly Production[] = new ScriptParser(
		true,
	).getSerializedGastProductions();
	const all = new Map<string, readonly Production[]>(
		productions.map((p) => [p.name ?? "", p.definition ?? []]),
	);
	const target = (name: string): string => {
		const [only, more] = all.get(name) ?? [];
		return only?.type === "NonTerminal" && !more
			? target(only.name ?? "")
			: name;
	};
	const rules = new Map<string, Rule>();
	const visit = (name: string): void => {
		if (rules.has(name)) return;
		const part = readSequence(all.get(name) ?? [], target);
		rules.set(name, { name, part });
		for (const next of namesIn(part, "rule")) visit(next);
	};
	visit("script");
	return [...rules.values()];
}

/** Name and description of each token that the rules use and that is more than one spelling. */
export function grammarTokens(
	rules: readonly Rule[],
): readonly (readonly [name: string, text: string])[] {
	const used = new Set(rules.flatMap((r) => namesIn(r.part, "token")));
	// Word is what the others are explained by.
	if (used.has("Identifier")) used.add("Word");
	return [...used].sort().map((name) => {
		const text = tokenTexts[name];
		if (text === undefined) throw new Error(`token ${name} is not described`);
		return [name, text];
	});
}

function namesIn(part: Part, kind: "rule" | "token"): readonly string[] {
	switch (part.kind) {
		case "text":
			return [];
		case "rule":
		case "token":
			return part.kind === kind ? [part.name] : [];
		case "sequence":
		case "choice":
			return part.parts.flatMap((p) => namesIn(p, kind));
		case "optional":
			return namesIn(part.part, kind);
		case "many":
			return [part.part, ...(part.separator ? [part.separator] : [])].flatMap(
				(p) => namesIn(p, kind),
			);
	}
}

type Production = ISerializedGast & {
	readonly name?: string;
	readonly separator?: ISerializedGast;
};
type Target = (name: string) => string;

function readSequence(list: readonly Production[], target: Target): Part {
	const parts = list.map((p) => readPart(p, target));
	const [only, more] = parts;
	return only && !more ? only : { kind: "sequence", parts };
}

function readPart(production: Production, target: Target): Part {
	const { type, name = "", definition = [], separator } = production;
	const inner = () => readSequence(definition, target);
	switch (type) {
		case "Terminal":
			return readToken(name);
		case "NonTerminal":
			return { kind: "rule", name: target(name) };
		case "Alternation":
			return {
				kind: "choice",
				parts: definition.map((p) => readPart(p, target)),
			};
		case "Option":
			return { kind: "optional", part: inner() };
		case "Repetition":
		case "RepetitionMandatory":
		case "RepetitionWithSeparator":
		case "RepetitionMandatoryWithSeparator":
			return {
				kind: "many",
				part: inner(),
				atLeastOne: type.startsWith("RepetitionMandatory"),
				...(separator && { separator: readPart(separator, target) }),
			};
		case "Alternative":
		case "Rule":
			return inner();
	}
}

const labels = new Map(
	vocabulary.map((t: TokenType) => [t.name, t.LABEL ?? t.name]),
);

/** A token with one spelling is shown as that. */
function readToken(name: string): Part {
	if (Object.hasOwn(tokenTexts, name)) return { kind: "token", name };
	const text = /^`(.*)`/.exec(labels.get(name) ?? "")?.[1];
	if (text === undefined) throw new Error(`token ${name} has no spelling`);
	return { kind: "text", text };
}

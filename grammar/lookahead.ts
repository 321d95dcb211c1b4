// Decides by one token which way a rule goes on. Chevrotain's own strategy, made for any number of tokens, compares all
// paths of the grammar when the parser is made; first sets, worked out when a rule is first entered, start much faster.
import {
	Alternation,
	type Alternative,
	type ILookaheadStrategy,
	type IProduction,
	type IToken,
	LLkLookaheadStrategy,
	NonTerminal,
	Option,
	Repetition,
	RepetitionMandatory,
	RepetitionMandatoryWithSeparator,
	RepetitionWithSeparator,
	type Rule,
	Terminal,
} from "chevrotain";

/** The tokens that a row of productions can begin with, by index; `empty` where it can also match nothing. */
interface First {
	readonly tokens: ReadonlySet<number>;
	readonly empty: boolean;
}

/** What the returned functions need of the parser, which is their `this`. */
interface Reader {
	LA(ahead: number): IToken;
}

type Gated = { readonly GATE?: () => boolean };

/** The strategy for a parser with `maxLookahead: 1`. */
export function firstSetLookahead(): ILookaheadStrategy {
	const known = new Map<string, First>();
	return {
		validate: (options) =>
			new LLkLookaheadStrategy({ maxLookahead: 1 }).validate(options),
		buildLookaheadForAlternation: ({ rule, prodOccurrence }) => {
			let ways: readonly First[] | undefined;
			return function (this: Reader, alternatives: readonly Gated[] = []) {
				ways ??= productionOf(rule, prodOccurrence, isAlternation).map((way) =>
					firstOf([way], known),
				);
				const next = this.LA(1).tokenTypeIdx;
				const chosen = ways.findIndex(
					(way, i) =>
						(way.tokens.has(next) || way.empty) &&
						alternatives[i]?.GATE?.call(this) !== false,
				);
				return chosen < 0 ? undefined : chosen;
			};
		},
		buildLookaheadForOptional: ({ rule, prodOccurrence, prodType }) => {
			let inside: First | undefined;
			const isWanted = (production: IProduction) =>
				production instanceof OPTIONALS[prodType];
			return function (this: Reader) {
				inside ??= firstOf(productionOf(rule, prodOccurrence, isWanted), known);
				return inside.tokens.has(this.LA(1).tokenTypeIdx);
			};
		},
	};
}

const OPTIONALS = {
	Option,
	Repetition,
	RepetitionMandatory,
	RepetitionMandatoryWithSeparator,
	RepetitionWithSeparator,
};

function isAlternation(production: IProduction): boolean {
	return production instanceof Alternation;
}

type Branching =
	| Alternation
	| Alternative
	| Option
	| Repetition
	| RepetitionMandatory
	| RepetitionMandatoryWithSeparator
	| RepetitionWithSeparator;

function branches(production: IProduction): production is Branching {
	return "definition" in production && !(production instanceof NonTerminal);
}

/** The inner productions of the `occurrence`th production of a kind in a rule. */
function productionOf(
	rule: Rule,
	occurrence: number,
	isWanted: (production: IProduction) => boolean,
): readonly IProduction[] {
	const waiting: IProduction[] = [...rule.definition];
	for (
		let production = waiting.pop();
		production !== undefined;
		production = waiting.pop()
	) {
		if (!branches(production)) continue;
		const index = "idx" in production ? production.idx : undefined;
		if (index === occurrence && isWanted(production)) {
			return production.definition;
		}
		waiting.push(...production.definition);
	}
	throw new Error(`E0900: rule ${rule.name} has no such production`);
}

/** What a row of productions can begin with. `known` keeps the answers for whole rules. */
function firstOf(
	productions: readonly IProduction[],
	known: Map<string, First>,
): First {
	const tokens = new Set<number>();
	for (const production of productions) {
		const first = firstOfOne(production, known);
		for (const token of first.tokens) tokens.add(token);
		if (!first.empty) return { tokens, empty: false };
	}
	return { tokens, empty: true };
}

function firstOfOne(production: IProduction, known: Map<string, First>): First {
	if (production instanceof Terminal) {
		const { tokenTypeIdx, categoryMatches } = production.terminalType;
		const tokens = new Set([tokenTypeIdx ?? -1, ...(categoryMatches ?? [])]);
		return { tokens, empty: false };
	}
	if (production instanceof NonTerminal) {
		const { name, definition } = production.referencedRule;
		const first = known.get(name) ?? firstOf(definition, known);
		known.set(name, first);
		return first;
	}
	if (!branches(production)) throw new Error("E0900: unknown production");
	if (production instanceof Alternation) {
		const ways = production.definition.map((way) => firstOf([way], known));
		const tokens = new Set(ways.flatMap((way) => [...way.tokens]));
		return { tokens, empty: ways.some((way) => way.empty) };
	}
	const { tokens, empty } = firstOf(production.definition, known);
	const skippable =
		production instanceof Option ||
		production instanceof Repetition ||
		production instanceof RepetitionWithSeparator;
	return { tokens, empty: empty || skippable };
}

// Written types, and telling a type from an expression where either may stand.
import type { IToken, ParserMethod } from "chevrotain";
import type {
	Expression,
	NamedType,
	TupleType,
	TypeExpression,
	TypeofExpression,
} from "./ast.ts";
import { parseInteger } from "./literals.ts";
import { ParserBase } from "./parser-base.ts";
import * as t from "./tokens.ts";
import { isCWord, isTypeName } from "./type-names.ts";

/** What a scan over the tokens of a possible type found. */
interface TypeScan {
	/** How far ahead the first token after it is. */
	readonly next: number;
	/** `struct x`, `typeof(x)`, or something with a `*`: nothing but a type. */
	readonly certain: boolean;
	/** Its name is one that only types have. */
	readonly likely: boolean;
	/** It has a `[n]`. */
	readonly array: boolean;
}

type Suffix = "*" | { readonly size: bigint | undefined };

export abstract class TypeParser extends ParserBase {
	abstract readonly expression: ParserMethod<[], Expression>;

	readonly typeExpression = this.RULE("typeExpression", (): TypeExpression => {
		const start = this.here();
		const base = this.OR<TypeExpression["base"]>([
			{ ALT: () => this.SUBRULE(this.typeofExpression) },
			{ ALT: () => this.nested(() => this.SUBRULE(this.tupleType)) },
			{ ALT: () => this.SUBRULE(this.taggedType) },
			{ ALT: () => this.SUBRULE(this.namedType) },
		]);
		const suffixes: Suffix[] = [];
		const spans: number[] = [];
		this.MANY(() => {
			suffixes.push(this.SUBRULE(this.typeSuffix));
			spans.push(this.last());
		});
		return this.ACTION(() => this.suffixed(start, base, suffixes, spans));
	});

	private suffixed(
		start: number,
		base: TypeExpression["base"],
		suffixes: readonly Suffix[],
		ends: readonly number[],
	): TypeExpression {
		const make = (
			of: TypeExpression["base"],
			pointers: number,
			dimensions: readonly (bigint | undefined)[],
			end: number,
		): TypeExpression => {
			const span = this.report.span(start, end);
			return { kind: "type", base: of, pointers, dimensions, span };
		};
		let type = make(base, 0, [], base.span.end);
		suffixes.forEach((suffix, i) => {
			const end = ends[i] ?? type.span.end;
			const { base: of, pointers, dimensions } = type;
			if (suffix !== "*") {
				type = make(of, pointers, [...dimensions, suffix.size], end);
			} else if (dimensions.length === 0) {
				type = make(of, pointers + 1, [], end);
			} else {
				type = make(type, 1, [], end);
			}
		});
		return type;
	}

	private readonly typeSuffix = this.RULE(
		"typeSuffix",
		(): Suffix =>
			this.OR<Suffix>([
				{
					ALT: () => {
						this.CONSUME(t.Star);
						return "*";
					},
				},
				{
					ALT: () => {
						this.CONSUME(t.LeftBracket);
						const size = this.OPTION(() => this.CONSUME(t.IntegerToken));
						this.CONSUME(t.RightBracket);
						return { size: this.ACTION(() => this.arraySize(size)) };
					},
				},
			]),
	);

	private arraySize(token: IToken | undefined): bigint | undefined {
		if (token === undefined) return undefined;
		const parsed = parseInteger(token.image);
		if (typeof parsed !== "string") return parsed.value;
		this.tellNumber(token, parsed);
		return 0n;
	}

	protected tellNumber(token: IToken, why: string): void {
		const { start, end } = this.tokenSpan(token);
		this.report.add("E0105", { number: token.image, why }, start, end);
	}

	private readonly taggedType = this.RULE("taggedType", (): NamedType => {
		const tag = this.CONSUME(t.Tag);
		const name = this.CONSUME(t.Word, { ERR_MSG: "the name of a type" });
		return this.ACTION(() => ({
			kind: "named-type",
			tag: tag.image as NamedType["tag"],
			name: name.image,
			span: this.report.span(tag.startOffset, this.tokenSpan(name).end),
		}));
	});

	private readonly namedType = this.RULE("namedType", (): NamedType => {
		const first = this.CONSUME(t.IdentifierToken, { ERR_MSG: "a type" });
		const words = [first.image];
		this.MANY({
			GATE: () => isCWord(this.LA(0).image) && isCWord(this.LA(1).image),
			DEF: () => words.push(this.CONSUME2(t.IdentifierToken).image),
		});
		return this.ACTION(() => ({
			kind: "named-type",
			tag: undefined,
			name: words.join(" "),
			span: this.spanFrom(first.startOffset),
		}));
	});

	private readonly tupleType = this.RULE("tupleType", (): TupleType => {
		const start = this.here();
		const elements: TypeExpression[] = [];
		this.CONSUME(t.LeftParen);
		this.MANY_SEP({
			SEP: t.Comma,
			DEF: () => elements.push(this.SUBRULE(this.typeExpression)),
		});
		this.CONSUME(t.RightParen);
		return this.ACTION(() => ({
			kind: "tuple-type",
			elements,
			span: this.spanFrom(start),
		}));
	});

	readonly typeofExpression = this.RULE(
		"typeofExpression",
		(): TypeofExpression => {
			const start = this.here();
			this.CONSUME(t.Typeof);
			const operand = this.SUBRULE(this.typeOperand);
			return this.ACTION(() => ({
				kind: "typeof",
				operand,
				span: this.spanFrom(start),
			}));
		},
	);

	/** `(type)` or `(expression)`, the operand of `sizeof` and its like. */
	readonly typeOperand = this.RULE(
		"typeOperand",
		(): Expression | TypeExpression => {
			this.CONSUME(t.LeftParen);
			const operand = this.SUBRULE(this.typeOrExpression);
			this.CONSUME(t.RightParen);
			return operand;
		},
	);

	readonly typeOrExpression = this.RULE(
		"typeOrExpression",
		(): Expression | TypeExpression =>
			this.OR<Expression | TypeExpression>({
				DEF: [
					{
						GATE: () => this.typeStandsHere(),
						ALT: () => this.SUBRULE(this.typeExpression),
					},
					{
						GATE: () => !this.typeStandsHere(),
						ALT: () => this.SUBRULE(this.expression),
					},
				],
				ERR_MSG: "a type or an expression",
			}),
	);

	/** A bare word of unknown meaning counts as an expression. */
	private typeStandsHere(): boolean {
		const scan = this.scanType(1);
		if (scan === undefined) return false;
		const ended =
			this.at(t.RightParen, scan.next) || this.at(t.Comma, scan.next);
		return ended && (scan.certain || scan.likely || scan.array);
	}

	/**
	 * True where `(` opens a cast. `(word)` before an operand is one; before an operator that is both prefix and infix,
	 * as in `(x) - 1`, it is one only if the word can't be a value.
	 */
	protected castStandsHere(): boolean {
		const scan = this.at(t.LeftParen) ? this.scanType(2) : undefined;
		if (scan === undefined || !this.at(t.RightParen, scan.next)) return false;
		const after = scan.next + 1;
		const signs = [t.Increment, t.Decrement, t.BinaryOperatorToken];
		if (signs.some((sign) => this.at(sign, after))) {
			const prefix = this.at(t.UnaryOperatorToken, after);
			return prefix && (scan.certain || scan.likely);
		}
		const literals = [t.IntegerToken, t.StringToken, t.Word, t.LeftParen];
		const names = [t.VariableToken, t.MapToken, t.ParameterToken];
		return [
			...literals,
			...names,
			t.ParameterCountToken,
			t.UnaryOperatorToken,
		].some((type) => this.at(type, after));
	}

	/** Looks from the token `ahead` over what could be a type; undefined where none can begin. */
	private scanType(ahead: number): TypeScan | undefined {
		let next = ahead + 1;
		let certain = false;
		const word = this.LA(ahead).image;
		if (this.at(t.Tag, ahead)) {
			if (!this.at(t.Word, next)) return undefined;
			next++;
			certain = true;
		} else if (this.at(t.Typeof, ahead)) {
			next = this.afterGroup(next);
			certain = true;
		} else if (this.LA(ahead).tokenType === t.IdentifierToken) {
			while (isCWord(word) && isCWord(this.LA(next).image)) next++;
		} else {
			return undefined;
		}
		return this.scanSuffixes(next, certain, isTypeName(word));
	}

	private scanSuffixes(
		from: number,
		certain: boolean,
		likely: boolean,
	): TypeScan {
		let next = from;
		let pointer = false;
		let array = false;
		for (;;) {
			const sized = this.at(t.IntegerToken, next + 1) ? 1 : 0;
			if (this.at(t.Star, next)) {
				pointer = true;
				next++;
			} else if (
				this.at(t.LeftBracket, next) &&
				this.at(t.RightBracket, next + 1 + sized)
			) {
				array = true;
				next += 2 + sized;
			} else {
				return { next, certain: certain || pointer, likely, array };
			}
		}
	}

	/** How far ahead the token after the parentheses at `ahead` is. */
	private afterGroup(ahead: number): number {
		let depth = 0;
		for (let next = ahead; this.LA(next).image !== ""; next++) {
			if (this.at(t.LeftParen, next)) depth++;
			if (this.at(t.RightParen, next)) depth--;
			if (depth <= 0) return next + 1;
		}
		return ahead;
	}
}

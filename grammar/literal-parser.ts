// Literals, parameters and variables, and the questions about types: operands that hold no other expression rules.
import type { IToken } from "chevrotain";
import type { Expression, Name, StringLiteral, Variable } from "./ast.ts";
import { type BadEscape, decodeString, parseInteger } from "./literals.ts";
import * as t from "./tokens.ts";
import { TypeParser } from "./type-parser.ts";

export abstract class LiteralParser extends TypeParser {
	protected name(token: IToken): Name {
		return { kind: "name", text: token.image, span: this.tokenSpan(token) };
	}

	readonly literal = this.RULE(
		"literal",
		(): Expression =>
			this.OR<Expression>([
				{ ALT: () => this.integer(this.CONSUME(t.IntegerToken)) },
				{ ALT: () => this.SUBRULE(this.stringLiteral) },
				{ ALT: () => this.boolean(this.CONSUME(t.True)) },
				{ ALT: () => this.boolean(this.CONSUME(t.False)) },
				{ ALT: () => this.SUBRULE(this.variable) },
				{ ALT: () => this.parameter(this.CONSUME(t.ParameterToken)) },
				{
					ALT: () => {
						const token = this.CONSUME(t.ParameterCountToken);
						return this.ACTION(() => ({
							kind: "parameter-count",
							span: this.tokenSpan(token),
						}));
					},
				},
			]),
	);

	private integer(token: IToken): Expression {
		return this.ACTION(() => {
			const parsed = parseInteger(token.image);
			const span = this.tokenSpan(token);
			const node = { kind: "integer", text: token.image, span } as const;
			if (typeof parsed !== "string") return { ...node, ...parsed };
			this.tellNumber(token, parsed);
			return { ...node, value: 0n, unsigned: false, duration: false };
		});
	}

	private boolean(token: IToken): Expression {
		return this.ACTION(() => ({
			kind: "boolean",
			value: token.tokenType === t.True,
			span: this.tokenSpan(token),
		}));
	}

	private parameter(token: IToken): Expression {
		return this.ACTION(() => {
			const index = Number(token.image.slice(1));
			if (index < 1 || index > Number.MAX_SAFE_INTEGER) {
				this.tellNumber(
					token,
					index < 1
						? "parameters are counted from $1 on"
						: "there are never so many parameters",
				);
			}
			return { kind: "parameter", index, span: this.tokenSpan(token) };
		});
	}

	readonly variable = this.RULE("variable", (): Variable => {
		const token = this.CONSUME(t.VariableToken);
		return this.ACTION(() => ({
			kind: "variable",
			name: token.image.slice(1),
			span: this.tokenSpan(token),
		}));
	});

	readonly stringLiteral = this.RULE("stringLiteral", (): StringLiteral => {
		const token = this.CONSUME(t.StringToken);
		return this.ACTION(() => {
			const bad: BadEscape[] = [];
			const value = decodeString(token.image, bad);
			for (const { start, end } of bad) this.tellEscape(token, start, end);
			return {
				kind: "string",
				text: token.image,
				value,
				span: this.tokenSpan(token),
			};
		});
	});

	private tellEscape(token: IToken, start: number, end: number): void {
		const written = token.image.slice(start, end);
		const from = token.startOffset;
		this.report.add("E0106", { escape: written }, from + start, from + end);
	}

	/** `sizeof(…)` and `typeinfo(…)`. */
	readonly typeQuestion = this.RULE("typeQuestion", (): Expression => {
		const token = this.OR([
			{ ALT: () => this.CONSUME(t.Sizeof) },
			{ ALT: () => this.CONSUME(t.Typeinfo) },
		]);
		const operand = this.SUBRULE(this.typeOperand);
		return this.ACTION(() => ({
			kind: token.tokenType === t.Sizeof ? "sizeof" : "typeinfo",
			operand,
			span: this.spanFrom(token.startOffset),
		}));
	});

	readonly offsetof = this.RULE("offsetof", (): Expression => {
		const start = this.here();
		const path: Name[] = [];
		this.CONSUME(t.Offsetof);
		this.CONSUME(t.LeftParen);
		const operand = this.SUBRULE(this.typeOrExpression);
		this.CONSUME(t.Comma);
		this.AT_LEAST_ONE_SEP({
			SEP: t.Dot,
			DEF: () => {
				const token = this.CONSUME(t.Word);
				this.ACTION(() => path.push(this.name(token)));
			},
			ERR_MSG: "the name of a field",
		});
		this.CONSUME(t.RightParen);
		return this.ACTION(() => ({
			kind: "offsetof",
			operand,
			path,
			span: this.spanFrom(start),
		}));
	});
}

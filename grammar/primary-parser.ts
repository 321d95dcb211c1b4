// Operands: literals, names, calls, maps, and parentheses in their four meanings.
import type { ParserMethod } from "chevrotain";
import type {
	Block,
	CallExpression,
	Expression,
	MapAccess,
	Name,
	RecordField,
	TypeExpression,
} from "./ast.ts";
import { LiteralParser } from "./literal-parser.ts";
import * as t from "./tokens.ts";

export abstract class PrimaryParser extends LiteralParser {
	abstract readonly operand: ParserMethod<[], Expression>;
	abstract readonly block: ParserMethod<[], Block>;
	abstract readonly ifExpression: ParserMethod<[], Expression>;

	readonly primary = this.RULE(
		"primary",
		(): Expression =>
			this.OR<Expression>({
				DEF: [
					{ ALT: () => this.SUBRULE(this.literal) },
					{ ALT: () => this.SUBRULE(this.map) },
					{ ALT: () => this.SUBRULE(this.named) },
					{ ALT: () => this.SUBRULE(this.parenthesized) },
					{ ALT: () => this.SUBRULE(this.blockExpression) },
					{ ALT: () => this.SUBRULE(this.ifExpression) },
					{ ALT: () => this.SUBRULE(this.typeQuestion) },
					{ ALT: () => this.SUBRULE(this.offsetof) },
					{ ALT: () => this.SUBRULE(this.typeofExpression) },
				],
				ERR_MSG: "an expression",
			}),
	);

	readonly map = this.RULE("map", (): MapAccess => {
		const token = this.CONSUME(t.MapToken);
		const keys: Expression[] = [];
		this.OPTION(() => {
			this.CONSUME(t.LeftBracket);
			this.AT_LEAST_ONE_SEP({
				SEP: t.Comma,
				DEF: () => keys.push(this.SUBRULE(this.expression)),
				ERR_MSG: "a key",
			});
			this.CONSUME(t.RightBracket, { ERR_MSG: "`,` or `]`" });
		});
		return this.ACTION(() => ({
			kind: "map",
			name: token.image.slice(1),
			keys,
			span: this.spanFrom(token.startOffset),
		}));
	});

	/** A bare word, or a call. */
	private readonly named = this.RULE("named", (): Expression => {
		const token = this.CONSUME(t.IdentifierToken);
		let call: CallExpression | undefined;
		this.OPTION({
			GATE: () => !this.at(t.Bang) || this.at(t.LeftParen, 2),
			DEF: () => {
				const bang = this.OPTION1(() => this.CONSUME(t.Bang)) !== undefined;
				const args = this.SUBRULE(this.callArguments);
				call = this.ACTION(() => ({
					kind: "call",
					callee: this.name(token),
					bang,
					args,
					span: this.spanFrom(token.startOffset),
				}));
			},
		});
		return this.ACTION(
			() =>
				call ?? {
					kind: "identifier",
					name: token.image,
					span: this.tokenSpan(token),
				},
		);
	});

	protected readonly callArguments = this.RULE(
		"callArguments",
		(): (Expression | TypeExpression)[] => {
			const args: (Expression | TypeExpression)[] = [];
			this.CONSUME(t.LeftParen);
			this.MANY_SEP({
				SEP: t.Comma,
				DEF: () =>
					args.push(
						this.OR<Expression | TypeExpression>({
							DEF: [
								{
									GATE: () => this.at(t.Tag),
									ALT: () => this.SUBRULE(this.typeExpression),
								},
								{ ALT: () => this.SUBRULE(this.expression) },
							],
							ERR_MSG: "an expression",
						}),
					),
			});
			this.closeList();
			return args;
		},
	);

	/** `)`. Where it was forgotten at the end of a statement, says so and goes on. */
	private closeList(): void {
		const expected = "`,` or `)`";
		if (this.at(t.Semicolon)) this.tellExpected(expected);
		else this.CONSUME(t.RightParen, { ERR_MSG: expected });
	}

	private readonly blockExpression = this.RULE(
		"blockExpression",
		(): Expression => {
			const block = this.SUBRULE(this.block);
			return this.ACTION(() => ({ kind: "block", block, span: block.span }));
		},
	);

	private readonly parenthesized = this.RULE(
		"parenthesized",
		(): Expression =>
			this.OR<Expression>([
				{
					GATE: () => this.castStandsHere(),
					ALT: () => this.SUBRULE(this.cast),
				},
				{
					GATE: () => this.at(t.Word, 2) && this.at(t.Equals, 3),
					ALT: () => this.SUBRULE(this.record),
				},
				{ ALT: () => this.SUBRULE(this.group) },
			]),
	);

	private readonly cast = this.RULE("cast", (): Expression => {
		const start = this.here();
		this.CONSUME(t.LeftParen);
		const type = this.SUBRULE(this.typeExpression);
		this.CONSUME(t.RightParen);
		const operand = this.SUBRULE(this.operand);
		return this.ACTION(() => ({
			kind: "cast",
			type,
			operand,
			span: this.spanFrom(start),
		}));
	});

	private readonly record = this.RULE("record", (): Expression => {
		const start = this.here();
		const fields: RecordField[] = [];
		this.CONSUME(t.LeftParen);
		this.AT_LEAST_ONE_SEP({
			SEP: t.Comma,
			DEF: () => {
				const token = this.CONSUME(t.Word);
				this.CONSUME(t.Equals);
				const value = this.SUBRULE(this.expression);
				this.ACTION(() => {
					const name: Name = this.name(token);
					this.tellRepeated(name, fields);
					fields.push({ name, value, span: this.spanFrom(token.startOffset) });
				});
			},
			ERR_MSG: "a field such as name = value",
		});
		this.CONSUME(t.RightParen);
		return this.ACTION(() => ({
			kind: "record",
			fields,
			span: this.spanFrom(start),
		}));
	});

	private tellRepeated(name: Name, before: readonly RecordField[]): void {
		const first = before.find((field) => field.name.text === name.text);
		if (first === undefined) return;
		const notes = [{ text: "given first", span: first.name.span }];
		const { start, end } = name.span;
		this.report.add("E0115", { name: name.text }, start, end, { notes });
	}

	/** `(a)`, or a tuple: `()`, `(a,)`, `(a, b)`. */
	private readonly group = this.RULE("group", (): Expression => {
		const start = this.here();
		const elements: Expression[] = [];
		let commas = 0;
		this.CONSUME(t.LeftParen);
		this.OPTION(() => {
			elements.push(this.SUBRULE1(this.expression));
			this.MANY(() => {
				this.CONSUME(t.Comma);
				commas++;
				this.OPTION1({
					GATE: () => !this.at(t.RightParen),
					DEF: () => elements.push(this.SUBRULE2(this.expression)),
				});
			});
		});
		this.closeList();
		return this.ACTION(() => {
			const [only] = elements;
			if (commas === 0 && only !== undefined) return only;
			return { kind: "tuple", elements, span: this.spanFrom(start) };
		});
	});
}

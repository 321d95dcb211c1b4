// What is written after an operand: fields, elements, `++` and `--`.
import type { IToken } from "chevrotain";
import type { Expression } from "./ast.ts";
import { PrimaryParser } from "./primary-parser.ts";
import * as t from "./tokens.ts";

export abstract class PostfixParser extends PrimaryParser {
	readonly postfix = this.RULE("postfix", (): Expression => {
		const start = this.here();
		let object = this.SUBRULE(this.primary);
		let length = 0;
		this.MANY(() => {
			const of = object;
			this.limitRow(length++);
			object = this.OR([
				{ ALT: () => this.SUBRULE(this.member, { ARGS: [of, start] }) },
				{ ALT: () => this.SUBRULE(this.indexed, { ARGS: [of, start] }) },
				{ ALT: () => this.SUBRULE(this.afterStep, { ARGS: [of, start] }) },
			]);
		});
		return object;
	});

	private readonly member = this.RULE(
		"member",
		(object: Expression, start: number): Expression =>
			this.OR1<Expression>([
				{
					ALT: () => {
						this.CONSUME(t.Dot);
						return this.OR2<Expression>({
							DEF: [
								{
									ALT: () => {
										const token = this.CONSUME(t.IntegerToken);
										return this.ACTION(() =>
											this.tupleAccess(object, token, start),
										);
									},
								},
								{
									ALT: () =>
										this.field(this.CONSUME1(t.Word), object, start, false),
								},
							],
							ERR_MSG: "the name of a field",
						});
					},
				},
				{
					ALT: () => {
						this.CONSUME(t.Arrow);
						const name = this.CONSUME2(t.Word, {
							ERR_MSG: "the name of a field",
						});
						return this.field(name, object, start, true);
					},
				},
			]),
	);

	private tupleAccess(
		object: Expression,
		token: IToken,
		start: number,
	): Expression {
		if (!/^[0-9]+$/.test(token.image))
			this.tellNumber(
				token,
				"the place of a tuple's element is a plain number",
			);
		return {
			kind: "tuple-access",
			object,
			index: Number.parseInt(token.image, 10),
			span: this.spanFrom(start),
		};
	}

	private field(
		token: IToken,
		object: Expression,
		start: number,
		arrow: boolean,
	): Expression {
		return this.ACTION(() => ({
			kind: "field",
			object,
			arrow,
			field: this.name(token),
			span: this.spanFrom(start),
		}));
	}

	private readonly indexed = this.RULE(
		"indexed",
		(object: Expression, start: number): Expression => {
			this.CONSUME(t.LeftBracket);
			const index = this.SUBRULE(this.expression);
			this.CONSUME(t.RightBracket);
			return this.ACTION(() => ({
				kind: "index",
				object,
				index,
				span: this.spanFrom(start),
			}));
		},
	);

	private readonly afterStep = this.RULE(
		"afterStep",
		(operand: Expression, start: number): Expression => {
			const { tokenType } = this.SUBRULE(this.step);
			return this.ACTION(() => ({
				kind: "update",
				operator: tokenType === t.Increment ? "++" : "--",
				prefix: false,
				operand,
				span: this.spanFrom(start),
			}));
		},
	);

	readonly step = this.RULE(
		"step",
		(): IToken =>
			this.OR([
				{ ALT: () => this.CONSUME(t.Increment) },
				{ ALT: () => this.CONSUME(t.Decrement) },
			]),
	);
}

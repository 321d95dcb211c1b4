// Expressions: one flat rule for all binary operators, folded by the operator table, around operands.
import type { IToken } from "chevrotain";
import type { BinaryExpression, Expression } from "./ast.ts";
import {
	binaryPrecedence,
	isBinaryOperator,
	isUnaryOperator,
} from "./operators.ts";
import { PostfixParser } from "./postfix-parser.ts";
import * as t from "./tokens.ts";

/** An operand with the extent that it was written in, parentheses included. */
interface Operand {
	readonly node: Expression;
	readonly start: number;
	readonly end: number;
}

export abstract class ExpressionParser extends PostfixParser {
	readonly expression = this.RULE(
		"expression",
		(): Expression => this.nested(() => this.ternary()),
	);

	private ternary(): Expression {
		const start = this.here();
		const condition = this.SUBRULE(this.binary);
		let result = condition;
		this.OPTION(() => {
			this.CONSUME(t.Question);
			const then = this.OPTION1(() => this.SUBRULE1(this.expression));
			this.CONSUME(t.Colon);
			const otherwise = this.SUBRULE2(this.expression);
			result = this.ACTION(() => ({
				kind: "ternary",
				condition,
				then,
				else: otherwise,
				span: this.spanFrom(start),
			}));
		});
		return result;
	}

	private readonly binary = this.RULE("binary", (): Expression => {
		const operands: Operand[] = [];
		const operators: IToken[] = [];
		const operand = (node: Expression, start: number) =>
			operands.push({ node, start, end: this.last() });
		let start = this.here();
		operand(this.SUBRULE1(this.operand), start);
		this.MANY(() => {
			operators.push(this.CONSUME(t.BinaryOperatorToken));
			this.limitRow(operators.length);
			start = this.here();
			operand(this.SUBRULE2(this.operand), start);
		});
		return this.ACTION(() => this.fold(operands, operators).node);
	});

	/** Groups a flat row of operands by the strength of the operators between them, from the left where equal. */
	private fold(
		operands: readonly Operand[],
		operators: readonly IToken[],
	): Operand {
		const values: Operand[] = operands.slice(0, 1);
		const waiting: IToken[] = [];
		const reduce = () => {
			const right = values.pop();
			const left = values.pop();
			const operator = waiting.pop();
			if (left && right && operator)
				values.push(this.join(left, operator, right));
		};
		operators.forEach((operator, i) => {
			const level = precedenceOf(operator);
			let top = waiting.at(-1);
			while (top !== undefined && precedenceOf(top) >= level) {
				reduce();
				top = waiting.at(-1);
			}
			waiting.push(operator);
			values.push(...operands.slice(i + 1, i + 2));
		});
		while (waiting.length > 0) reduce();
		const [result] = values;
		if (result === undefined) throw new Error("E0900: no operand");
		return result;
	}

	private join(left: Operand, token: IToken, right: Operand): Operand {
		const operator = token.image;
		if (!isBinaryOperator(operator)) throw new Error(`E0900: ${operator}`);
		const node: BinaryExpression = {
			kind: "binary",
			operator,
			operatorSpan: this.tokenSpan(token),
			left: left.node,
			right: right.node,
			span: this.report.span(left.start, right.end),
		};
		return { node, start: left.start, end: right.end };
	}

	/** An operand with what stands before it: `-x`, `++x`, `comptime x`. */
	readonly operand = this.RULE(
		"operand",
		(): Expression =>
			this.nested(() =>
				this.OR<Expression>({
					DEF: [
						{ ALT: () => this.SUBRULE(this.prefixed) },
						{ ALT: () => this.SUBRULE(this.stepped) },
						{ ALT: () => this.SUBRULE(this.comptime) },
						{ ALT: () => this.SUBRULE(this.postfix) },
					],
					ERR_MSG: "an expression",
				}),
			),
	);

	private readonly prefixed = this.RULE("prefixed", (): Expression => {
		const start = this.here();
		const { image } = this.CONSUME(t.UnaryOperatorToken);
		const operand = this.SUBRULE(this.operand);
		return this.ACTION(() => {
			if (!isUnaryOperator(image)) throw new Error(`E0900: ${image}`);
			const span = this.spanFrom(start);
			return { kind: "unary", operator: image, operand, span };
		});
	});

	private readonly stepped = this.RULE("stepped", (): Expression => {
		const start = this.here();
		const { tokenType } = this.SUBRULE(this.step);
		const operand = this.SUBRULE(this.operand);
		return this.ACTION(() => ({
			kind: "update",
			operator: tokenType === t.Increment ? "++" : "--",
			prefix: true,
			operand,
			span: this.spanFrom(start),
		}));
	});

	private readonly comptime = this.RULE("comptime", (): Expression => {
		const start = this.here();
		this.CONSUME(t.Comptime);
		const operand = this.SUBRULE(this.operand);
		return this.ACTION(() => ({
			kind: "comptime",
			operand,
			span: this.spanFrom(start),
		}));
	});
}

function precedenceOf({ image }: IToken): number {
	return isBinaryOperator(image) ? binaryPrecedence[image] : 0;
}

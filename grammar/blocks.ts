// Whether a block, or an `if`, stands for a value or is just run, is known only from where it stands: these functions
// turn the one into the other.
import type {
	Block,
	Expression,
	ExpressionStatement,
	IfExpression,
	Statement,
} from "./ast.ts";

/** True for a block or an `if` that ends in a value on every way through it, and for every other expression. */
export function hasValue(expression: Expression): boolean {
	if (expression.kind === "block") {
		return expression.block.value !== undefined;
	}
	if (expression.kind !== "if-expression") return true;
	const { then, else: otherwise } = expression;
	return then.value !== undefined && otherwise?.value !== undefined;
}

/** An expression as a statement of its own; blocks and `if`s become the statements of that kind. */
export function asStatement(expression: Expression): Statement {
	const { span } = expression;
	if (expression.kind === "block") {
		const block = withoutValue(expression.block);
		return { kind: "block-statement", block, span };
	}
	if (expression.kind !== "if-expression") {
		return { kind: "expression-statement", expression, span };
	}
	return {
		...expression,
		kind: "if",
		// biome-ignore lint/suspicious/noThenProperty: a branch; nobody awaits a node
		then: withoutValue(expression.then),
		else: expression.else && withoutValue(expression.else),
	};
}

/** A block whose last expression is a statement like the others. */
export function withoutValue(block: Block): Block {
	if (block.value === undefined) return block;
	const statements = [...block.statements, asStatement(block.value)];
	return { ...block, statements, value: undefined };
}

/** The block around the `if` of an `else if`. */
export function elseIfBlock(inner: IfExpression): Block {
	const { span } = inner;
	if (hasValue(inner)) return { statements: [], value: inner, span };
	return { statements: [asStatement(inner)], value: undefined, span };
}

/** An expression that `;` ended. */
export function expressionStatement(
	expression: Expression,
	span: ExpressionStatement["span"],
): ExpressionStatement {
	return { kind: "expression-statement", expression, span };
}

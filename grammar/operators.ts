// The one operator table: spelling and binding strength. Tokens, parser and formatter all read it.
import type { AssignOperator, BinaryOperator, UnaryOperator } from "./ast.ts";

/** Binary operators; a higher number binds tighter. All of them group from the left. */
export const binaryPrecedence: Readonly<Record<BinaryOperator, number>> = {
	"||": 1,
	"&&": 2,
	"|": 3,
	"^": 4,
	"&": 5,
	"==": 6,
	"!=": 6,
	"<": 7,
	">": 7,
	"<=": 7,
	">=": 7,
	"<<": 8,
	">>": 8,
	"+": 9,
	"-": 9,
	"*": 10,
	"/": 10,
	"%": 10,
};

/** The strengths of everything that is not a binary operator, on the same scale. */
export const strength = { ternary: 0, unary: 11, postfix: 12, primary: 13 };

export const assignOperators: readonly AssignOperator[] = [
	"=",
	"+=",
	"-=",
	"*=",
	"/=",
	"%=",
	"&=",
	"|=",
	"^=",
	"<<=",
	">>=",
];

export const unaryOperators: readonly UnaryOperator[] = [
	"!",
	"~",
	"-",
	"+",
	"*",
	"&",
];

export function isBinaryOperator(text: string): text is BinaryOperator {
	return Object.hasOwn(binaryPrecedence, text);
}

export function isAssignOperator(text: string): text is AssignOperator {
	return (assignOperators as readonly string[]).includes(text);
}

export function isUnaryOperator(text: string): text is UnaryOperator {
	return (unaryOperators as readonly string[]).includes(text);
}

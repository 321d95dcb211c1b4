// Constant folding of integer and string literals, exactly as 64-bit arithmetic in the kernel would do it.
import type { BinaryExpression } from "../../grammar/ast.ts";
import type { Span } from "../base/source.ts";
import type { Type } from "../types/types.ts";
import { boolean, integer, integerOf, string, wrap } from "./build.ts";
import type { IrExpr } from "./ir.ts";

type Operator = Exclude<BinaryExpression["operator"], "&&" | "||">;

const arithmetic: Readonly<
	Partial<Record<Operator, (a: bigint, b: bigint) => bigint>>
> = {
	"+": (a, b) => a + b,
	"-": (a, b) => a - b,
	"*": (a, b) => a * b,
	"/": (a, b) => a / b,
	"%": (a, b) => a % b,
	"&": (a, b) => a & b,
	"|": (a, b) => a | b,
	"^": (a, b) => a ^ b,
	"<<": (a, b) => a << (b & 63n),
	">>": (a, b) => a >> (b & 63n),
};

type Comparison<T> = Readonly<
	Partial<Record<Operator, (a: T, b: T) => boolean>>
>;

function comparisonOf<T extends bigint | string>(): Comparison<T> {
	return {
		"==": (a, b) => a === b,
		"!=": (a, b) => a !== b,
		"<": (a, b) => a < b,
		">": (a, b) => a > b,
		"<=": (a, b) => a <= b,
		">=": (a, b) => a >= b,
	};
}

const comparison = comparisonOf<bigint>();
/** Byte by byte. */
const textComparison = comparisonOf<string>();

/** The folded literal, or undefined where an operand is not a literal. */
export function foldBinary(
	operator: Operator,
	left: IrExpr,
	right: IrExpr,
	span: Span,
): IrExpr | undefined {
	if (left.kind === "string" || right.kind === "string")
		return foldText(operator, left, right, span);
	if (left.kind !== "integer" || right.kind !== "integer") return undefined;
	// Casts and enum constants have types of their own.
	if (!isLiteral(left) || !isLiteral(right)) return undefined;
	const result = compute(operator, left.constant, right.constant);
	if (typeof result !== "bigint")
		return result === undefined ? undefined : boolean(result, span);
	const wrapped =
		result > 0xffffffffffffffffn || result < -0x8000000000000000n
			? BigInt.asIntN(64, result)
			: result;
	return integer(wrapped, span);
}

/** `"a" + "b"` is joined, `"abc" + 1` is what follows the first byte; text that is known has an order, too. */
function foldText(
	operator: Operator,
	left: IrExpr,
	right: IrExpr,
	span: Span,
): IrExpr | undefined {
	const [text, other] = left.kind === "string" ? [left, right] : [right, left];
	if (text.kind !== "string") return undefined;
	if (other.kind === "integer" && isLiteral(other)) {
		return operator === "+" && other.constant >= 0n
			? string(text.constant.slice(Number(other.constant)), span)
			: undefined;
	}
	if (other.kind !== "string") return undefined;
	if (operator === "+") return string(text.constant + other.constant, span);
	const holds = textComparison[operator]?.(text.constant, other.constant);
	return holds === undefined ? undefined : boolean(holds, span);
}

/**
 * `$1 + 2`: as text, what follows the first two characters; as a number, the sum. `$1 == 0` asks whether there is one:
 * text is no number, so it is not 0.
 */
export function foldParameter(
	operator: Operator,
	left: IrExpr,
	right: IrExpr,
	span: Span,
): IrExpr | undefined {
	if (operator === "==" || operator === "!=") {
		const isText = left.kind === "string" && left.parameter !== undefined;
		return isText && right.kind === "integer"
			? boolean(operator === "!=", span)
			: undefined;
	}
	if (operator !== "+" || right.kind !== "integer" || right.constant < 0n)
		return undefined;
	if (left.kind !== "integer" && left.kind !== "string") return undefined;
	if (left.parameter === undefined || right.parameter !== undefined)
		return undefined;
	const parameter = left.parameter.slice(Number(right.constant));
	return left.kind === "integer"
		? { ...integer(left.constant + right.constant, span), parameter }
		: { ...string(parameter, span), parameter };
}

/** Numbers of known types, brought to the type that the operator works in: the result has the type given. */
export function foldNumbers(
	operator: Operator,
	left: IrExpr,
	right: IrExpr,
	type: Type,
	span: Span,
): IrExpr | undefined {
	if (left.kind !== "integer" || right.kind !== "integer") return undefined;
	const result = compute(operator, left.constant, right.constant);
	if (typeof result === "boolean") return boolean(result, span);
	return result === undefined || type.kind !== "int"
		? undefined
		: integerOf(wrap(result, type), type, span);
}

/** undefined for a division by zero, which is left to the kernel. */
function compute(
	operator: Operator,
	left: bigint,
	right: bigint,
): bigint | boolean | undefined {
	const divides = operator === "/" || operator === "%";
	if (divides && right === 0n) return undefined;
	return (
		comparison[operator]?.(left, right) ?? arithmetic[operator]?.(left, right)
	);
}

function isLiteral(e: IrExpr): boolean {
	return (
		e.kind === "integer" &&
		e.type.kind === "int" &&
		(e.type.flexible === true || e.constant < 0n)
	);
}

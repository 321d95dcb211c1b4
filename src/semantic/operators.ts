// Operators: arithmetic in 64 bits, comparisons, logic, increment, ternary. Constants fold here.
import type { BinaryExpression, UnaryExpression } from "../../grammar/ast.ts";
import type { Span } from "../base/source.ts";
import { isScalar } from "../types/scalar.ts";
import { typeName } from "../types/type-name.ts";
import type { EnumType, IntType, Type } from "../types/types.ts";
import { boolType, uint64 } from "../types/types.ts";
import {
	boolean,
	convert,
	integer,
	integerOf,
	isNumeric,
	unknown,
	wide,
	wrap,
} from "./build.ts";
import { type Context, report, unresolved } from "./context.ts";
import { checkDead, decided } from "./dead-code.ts";
import { checkValue } from "./expressions.ts";
import { foldBinary, foldNumbers, foldParameter } from "./fold.ts";
import type { IrBinary, IrExpr } from "./ir.ts";
import { pointers } from "./pointer-operators.ts";
import { joinInts, joinTypes, settled } from "./type-join.ts";
import { comparisons, unsuitable } from "./unsuitable.ts";

/** A condition: anything that is a number or a pointer; reports all else. */
export function checkCondition(cx: Context, expr: IrExpr): IrExpr {
	if (expr.type === unresolved) return expr;
	if (isScalar(expr.type) && expr.type.kind !== "opaque")
		return convert(expr, boolType);
	if (expr.type.kind === "string") return convert(expr, boolType);
	report(cx, "E0222", { type: typeName(settled(expr.type)) }, expr.span);
	return unknown(expr.span);
}

export function checkUnary(cx: Context, node: UnaryExpression): IrExpr {
	const operand = checkValue(cx, node.operand);
	const type = operand.type;
	if (type === unresolved) return unknown(node.span);
	if (node.operator === "!") {
		const condition = checkCondition(cx, operand);
		if (condition.kind === "boolean")
			return boolean(!condition.constant, node.span);
		if (condition.type === unresolved) return condition;
		return {
			kind: "unary",
			operator: "!",
			operand: condition,
			type: boolType,
			span: node.span,
		};
	}
	if (type.kind !== "int" && type.kind !== "enum")
		return unsuitable(cx, node.operator, [type], node.span);
	if (node.operator === "+") return operand;
	return turned(node.operator === "-" ? "-" : "~", operand, type, node.span);
}

/**
 * `-x` and `~x`. Unsigned numbers keep their width, as in C: the result is what fits into it. All else has 64 bits, a
 * written number too, which has no sign to keep.
 */
function turned(
	operator: "-" | "~",
	operand: IrExpr,
	type: IntType | EnumType,
	span: Span,
): IrExpr {
	const result = wide(type.signed);
	const within = type.kind === "int" && !type.signed ? type : result;
	if (operand.kind === "integer") {
		const { constant, literal } = operand;
		const value = operator === "-" ? -constant : ~constant;
		return literal
			? integer(operator === "-" ? value : wrap(value, uint64), span)
			: integerOf(wrap(value, within), result, span);
	}
	const unary: IrExpr = {
		kind: "unary",
		operator,
		operand: convert(operand, within),
		type: within,
		span,
	};
	return convert(unary, result);
}

export function checkBinary(cx: Context, node: BinaryExpression): IrExpr {
	const left = checkValue(cx, node.left);
	const known = decided(node.left, left);
	// `getopt("Q") && args.queue`: where the left side decides, the right one need not make sense.
	if (known === (node.operator === "||") && isLogical(node.operator)) {
		checkDead(cx.script, () => checkValue(cx, node.right));
		return boolean(known, node.span);
	}
	const right = checkValue(cx, node.right);
	return binary(cx, node.operator, left, right, node.span, node.operatorSpan);
}

function isLogical(operator: BinaryExpression["operator"]): boolean {
	return operator === "&&" || operator === "||";
}

/** Also what compound assignment uses. */
export function binary(
	cx: Context,
	operator: BinaryExpression["operator"],
	left: IrExpr,
	right: IrExpr,
	span: Span,
	at: Span,
): IrExpr {
	if (left.type === unresolved || right.type === unresolved)
		return guess(cx, operator, left, right, span);
	if (operator === "&&" || operator === "||")
		return logical(cx, operator, left, right, span);
	if (dividesByZero(operator, right)) {
		report(cx, "E0249", {}, right.span);
		return unknown(span);
	}
	if (shiftsTooFar(operator, right)) {
		report(cx, "E0254", { count: String(right.constant) }, right.span);
		return unknown(span);
	}
	const folded =
		foldParameter(operator, left, right, span) ??
		foldBinary(operator, left, right, span);
	if (folded) return folded;
	if (left.type.kind === "pointer" || right.type.kind === "pointer")
		return pointers(cx, operator, left, right, span, at);
	if (isNumeric(left.type) && isNumeric(right.type))
		return numbers(operator, left, right, span);
	if (operator === "==" || operator === "!=")
		return compareMemory(cx, operator, left, right, span, at);
	return unsuitable(cx, operator, [left.type, right.type], at);
}

/** Arithmetic of something unknown with a number is what it would be with another such number. */
function guess(
	cx: Context,
	operator: BinaryExpression["operator"],
	left: IrExpr,
	right: IrExpr,
	span: Span,
): IrExpr {
	const known = left.type === unresolved ? right : left;
	const arithmetic =
		operator !== "&&" && operator !== "||" && !comparisons.has(operator);
	return cx.script.guessing && arithmetic && isNumeric(known.type)
		? numbers(operator, known, known, span)
		: unknown(span);
}

function dividesByZero(operator: string, divisor: IrExpr): boolean {
	return (
		(operator === "/" || operator === "%") &&
		divisor.kind === "integer" &&
		divisor.constant === 0n &&
		// A parameter that is not given is zero, and may be asked for before.
		divisor.parameter === undefined
	);
}

/** Processors take the last six bits of the count and shift by these; nobody means that. */
function shiftsTooFar(
	operator: string,
	count: IrExpr,
): count is IrExpr & { readonly constant: bigint } {
	return (
		(operator === "<<" || operator === ">>") &&
		count.kind === "integer" &&
		(count.constant < 0n || count.constant > 63n)
	);
}

function logical(
	cx: Context,
	operator: "&&" | "||",
	left: IrExpr,
	right: IrExpr,
	span: Span,
): IrExpr {
	const l = checkCondition(cx, left);
	const r = checkCondition(cx, right);
	if (l.type === unresolved || r.type === unresolved) return unknown(span);
	if (l.kind === "boolean") return (operator === "&&") === l.constant ? r : l;
	return { kind: "logical", operator, left: l, right: r, type: boolType, span };
}

/** The integer that a number, enum or bool counts as. */
export function numberType(type: Type): IntType {
	if (type.kind === "int") return type;
	if (type.kind === "enum")
		return { kind: "int", size: type.size, signed: type.signed };
	return { kind: "int", size: 1, signed: false, flexible: true };
}

function numbers(
	operator: IrBinary["operator"],
	left: IrExpr,
	right: IrExpr,
	span: Span,
): IrExpr {
	const l = numberType(left.type);
	const r = numberType(right.type);
	const compares = comparisons.has(operator);
	const common = wide(
		compares ? joinInts(l, r).signed : isSigned(operator, l, r),
	);
	const shift = operator === "<<" || operator === ">>";
	const type = compares ? boolType : common;
	const operands = [left, right].map((e, i) =>
		convert(e, shift && i === 1 ? uint64 : common),
	);
	const [first = left, second = right] = operands;
	return (
		foldNumbers(operator, first, second, type, span) ?? {
			kind: "binary",
			operator,
			left: first,
			right: second,
			type,
			span,
		}
	);
}

/** Subtraction is always signed, a shift has the sign of what is shifted; literals take the other side's. */
function isSigned(
	operator: IrBinary["operator"],
	l: IntType,
	r: IntType,
): boolean {
	const left = l.flexible ? r.signed || r.flexible === true : l.signed;
	const right = r.flexible ? l.signed || l.flexible === true : r.signed;
	if (operator === "<<" || operator === ">>") return left;
	return left || right || operator === "-";
}

function compareMemory(
	cx: Context,
	operator: "==" | "!=",
	left: IrExpr,
	right: IrExpr,
	span: Span,
	at: Span,
): IrExpr {
	const strings = left.type.kind === "string" && right.type.kind === "string";
	const joined = strings ? left.type : joinTypes(left.type, right.type);
	const comparable =
		joined &&
		["string", "array", "tuple", "record", "opaque", "buffer"].includes(
			joined.kind,
		);
	if (!joined || !comparable)
		return unsuitable(cx, operator, [left.type, right.type], at);
	const [l, r] = strings
		? [left, right]
		: [convert(left, joined), convert(right, joined)];
	if (isScalar(joined))
		return {
			kind: "binary",
			operator,
			left: l,
			right: r,
			type: boolType,
			span,
		};
	return {
		kind: "compare-memory",
		operator,
		left: l,
		right: r,
		type: boolType,
		span,
	};
}

// Constructors of IR nodes: literals, conversions, places. Folding happens here, so that all passes get it.
import type { Span } from "../base/source.ts";
import { integerTypeFor } from "../types/layout.ts";
import type { IntType, Type } from "../types/types.ts";
import {
	boolType,
	int64,
	sameType,
	stringType,
	uint64,
	voidType,
} from "../types/types.ts";
import { unresolved } from "./context.ts";
import type {
	IrBoolean,
	IrExpr,
	IrInteger,
	IrString,
	IrWord,
	PlaceStep,
} from "./ir.ts";
import { settled } from "./type-join.ts";

/** Stands for an expression that was reported, or whose type is not known yet. */
export function unknown(span: Span): IrExpr {
	return { kind: "word", word: "", type: unresolved, span };
}

/** A literal of the smallest signed type that holds it; non-negative ones take any sign. */
export function integer(
	value: bigint,
	span: Span,
	unsigned = false,
): IrInteger {
	const smallest = integerTypeFor(value, !unsigned);
	const type: IntType =
		value >= 0n && smallest.signed ? { ...smallest, flexible: true } : smallest;
	return { kind: "integer", constant: value, type, span, literal: true };
}

/** A constant of a type that is already known. */
export function integerOf(value: bigint, type: Type, span: Span): IrInteger {
	return { kind: "integer", constant: value, type, span };
}

export function boolean(value: boolean, span: Span): IrBoolean {
	return { kind: "boolean", constant: value, type: boolType, span };
}

/** `value` is a byte string. */
export function string(value: string, span: Span): IrString {
	return {
		kind: "string",
		constant: value,
		type: stringType(value.length + 1),
		span,
	};
}

/** A value known when compiling, as if it had been written. */
export function constantOf(
	value: bigint | string | boolean,
	span: Span,
): IrExpr {
	if (typeof value === "bigint") return integer(value, span);
	return typeof value === "string" ? string(value, span) : boolean(value, span);
}

export function word(text: string, span: Span): IrWord {
	return { kind: "word", word: text, type: voidType, span };
}

/** A number in C's sense. */
export function isNumeric(type: Type): boolean {
	return type.kind === "int" || type.kind === "bool" || type.kind === "enum";
}

/** `expr` as `type`; the same node where nothing is to be done. Constants stay constants. */
export function convert(expr: IrExpr, wanted: Type): IrExpr {
	const type = settled(wanted);
	if (
		expr.type === unresolved ||
		type === unresolved ||
		sameType(settled(expr.type), type)
	)
		return expr;
	if (type.kind === "int" && expr.kind === "integer") {
		return integerOf(wrap(expr.constant, type), type, expr.span);
	}
	if (type.kind === "bool" && expr.kind === "integer")
		return boolean(expr.constant !== 0n, expr.span);
	return { kind: "convert", operand: expr, type, span: expr.span };
}

/** The value as an integer of that type holds it. */
export function wrap(value: bigint, type: IntType): bigint {
	return type.signed
		? BigInt.asIntN(type.size * 8, value)
		: BigInt.asUintN(type.size * 8, value);
}

/** The 64-bit type arithmetic is done in. */
export function wide(signed: boolean): IntType {
	return signed ? int64 : uint64;
}

/** A place one or more steps further than `base`, which may be a place itself. */
export function stepInto(
	base: IrExpr,
	steps: readonly PlaceStep[],
	type: Type,
	span: Span,
): IrExpr {
	if (base.kind === "place")
		return {
			kind: "place",
			base: base.base,
			steps: [...base.steps, ...steps],
			type,
			span,
		};
	return {
		kind: "place",
		base: { kind: "value", value: base },
		steps,
		type,
		span,
	};
}

/** What a pointer points to. */
export function dereference(
	pointer: IrExpr,
	steps: readonly PlaceStep[],
	type: Type,
	span: Span,
): IrExpr {
	const of = pointer.type;
	const space = of.kind === "pointer" ? of.space : "kernel";
	const trusted = of.kind === "pointer" && of.trusted === true;
	return {
		kind: "place",
		base: { kind: "pointer", pointer, space, trusted },
		steps,
		type,
		span,
	};
}

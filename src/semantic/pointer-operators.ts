// Pointers: compared as addresses, moved by whole elements.
import type { Span } from "../base/source.ts";
import { sizeOf } from "../types/layout.ts";
import type { PointerType } from "../types/types.ts";
import { boolType, int64, uint64 } from "../types/types.ts";
import { convert, integerOf, isNumeric } from "./build.ts";
import type { Context } from "./context.ts";
import type { IrBinary, IrExpr } from "./ir.ts";
import { comparisons, unsuitable } from "./unsuitable.ts";

export function pointers(
	cx: Context,
	operator: IrBinary["operator"],
	left: IrExpr,
	right: IrExpr,
	span: Span,
	at: Span,
): IrExpr {
	const both = [left.type, right.type];
	if (comparisons.has(operator)) {
		if (!both.every((t) => t.kind === "pointer" || isNumeric(t)))
			return unsuitable(cx, operator, both, at);
		return {
			kind: "binary",
			operator,
			left: convert(left, uint64),
			right: convert(right, uint64),
			type: boolType,
			span,
		};
	}
	const pointer = left.type.kind === "pointer" ? left : right;
	const other = pointer === left ? right : left;
	if (
		other.type.kind === "pointer" ||
		!isNumeric(other.type) ||
		(operator !== "+" && !(operator === "-" && pointer === left))
	) {
		return unsuitable(cx, operator, both, at);
	}
	const of = pointer.type as PointerType;
	const offset = scaled(other, BigInt(Math.max(1, sizeOf(of.to))));
	const { trusted: _, ...type } = of;
	return { kind: "binary", operator, left: pointer, right: offset, type, span };
}

/** A number of elements in bytes. */
function scaled(count: IrExpr, stride: bigint): IrExpr {
	const { span } = count;
	const left = convert(count, int64);
	if (left.kind === "integer")
		return integerOf(left.constant * stride, int64, span);
	const right = integerOf(stride, int64, span);
	return { kind: "binary", operator: "*", left, right, type: int64, span };
}

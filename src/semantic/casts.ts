// Casts: what may become what.
import type { CastExpression } from "../../grammar/ast.ts";
import { sizeOf } from "../types/layout.ts";
import { typeName } from "../types/type-name.ts";
import type { PointerType, Type } from "../types/types.ts";
import { stringType } from "../types/types.ts";
import {
	convert,
	integerOf,
	isNumeric,
	isScalar,
	unknown,
	wrap,
} from "./build.ts";
import { type Context, report, unresolved } from "./context.ts";
import { checkExpression } from "./expressions.ts";
import type { IrExpr } from "./ir.ts";
import { settled } from "./type-join.ts";
import { resolveType } from "./written-types.ts";

export function checkCast(cx: Context, node: CastExpression): IrExpr {
	const operand = checkExpression(cx, node.operand);
	const written = resolveType(cx, node.type);
	if (operand.type === unresolved || !written || written === unresolved)
		return unknown(node.span);
	const type = sized(written, operand.type);
	if (!mayCast(operand.type, type)) {
		report(
			cx,
			"E0229",
			{ from: typeName(settled(operand.type)), to: typeName(type) },
			node.span,
		);
		return unknown(node.span);
	}
	if (operand.kind === "integer" && type.kind === "int") {
		return integerOf(wrap(operand.constant, type), type, node.span);
	}
	if (type.kind === "pointer")
		return { ...castPointer(operand, type), span: node.span };
	return { ...convert(operand, type), span: node.span };
}

/** `int8[]` and `string` take the size of what is cast. */
function sized(type: Type, from: Type): Type {
	if (type.kind === "array" && type.count === 0)
		return {
			...type,
			count: Math.floor(sizeOf(from) / Math.max(1, sizeOf(type.of))),
		};
	if (type.kind === "string" && type.size === 0)
		return stringType(Math.max(1, sizeOf(from)));
	return type;
}

function mayCast(from: Type, to: Type): boolean {
	if (from.kind === "void") return false;
	if (isScalar(to)) {
		if (isScalar(from)) return true;
		return isNumeric(to) && from.kind === "array" && sizeOf(from) <= 8;
	}
	if (to.kind === "array")
		return (
			isNumeric(from) ||
			from.kind === "array" ||
			from.kind === "string" ||
			from.kind === "buffer"
		);
	if (to.kind === "string")
		return from.kind === "string" || from.kind === "array";
	if (to.kind === "struct" || to.kind === "union")
		return from.kind === to.kind && from.name === to.name;
	if (to.kind === "tuple")
		return from.kind === "tuple" && from.elements.length === to.elements.length;
	return from.kind === to.kind;
}

/** A pointer keeps the address space it came with; numbers take the probe's. */
function castPointer(operand: IrExpr, to: PointerType): IrExpr {
	const from = operand.type;
	const kept: PointerType =
		from.kind === "pointer" ? { ...to, space: from.space } : to;
	const sameStruct =
		from.kind === "pointer" &&
		from.trusted &&
		JSON.stringify(from.to) === JSON.stringify(to.to);
	return {
		kind: "convert",
		operand,
		type: sameStruct ? { ...kept, trusted: true } : kept,
		span: operand.span,
	};
}

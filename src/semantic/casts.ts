// Casts: what may become what.
import type { CastExpression } from "../../grammar/ast.ts";
import { sizeOf } from "../types/layout.ts";
import { isScalar } from "../types/scalar.ts";
import { typeName } from "../types/type-name.ts";
import type { ArrayType, PointerType, Type } from "../types/types.ts";
import { stringType } from "../types/types.ts";
import { convert, integerOf, isNumeric, unknown, wrap } from "./build.ts";
import { type Context, report, unresolved } from "./context.ts";
import { checkValue } from "./expressions.ts";
import { decayed } from "./indirection.ts";
import type { IrExpr } from "./ir.ts";
import { settled } from "./type-join.ts";
import { resolveType } from "./written-types.ts";

export function checkCast(cx: Context, node: CastExpression): IrExpr {
	const value = checkValue(cx, node.operand);
	const written = resolveType(cx, node.type);
	if (value.type === unresolved || !written || written === unresolved)
		return unknown(node.span);
	const type = sized(written, value.type);
	const operand = type.kind === "pointer" ? decayed(value) : value;
	if (!mayCast(operand.type, type)) {
		report(
			cx,
			"E0229",
			{ from: typeName(settled(operand.type)), to: typeName(type) },
			node.span,
			{ help: castHelp(operand.type, type) },
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
		if (isScalar(from)) return from.kind !== "opaque" || !from.params.stack;
		if (to.kind === "bool") return from.kind === "string";
		const bytes = from.kind === "array" && isNumeric(from.of);
		return isNumeric(to) && bytes && sizeOf(from) === sizeOf(to);
	}
	if (to.kind === "array") return mayBecomeArray(from, to);
	if (to.kind === "string")
		return from.kind === "string" || from.kind === "array";
	if (to.kind === "struct" || to.kind === "union")
		return from.kind === to.kind && from.name === to.name;
	if (to.kind === "tuple")
		return from.kind === "tuple" && from.elements.length === to.elements.length;
	return from.kind === to.kind;
}

function castHelp(from: Type, to: Type): string {
	const record = to.kind === "struct" || to.kind === "union";
	if (record && from.kind === "pointer")
		return "follow the pointer instead, with . or *";
	if (record) return `cast a pointer to it: (${typeName(to)} *)…`;
	if (from.kind === "tuple" || from.kind === "record")
		return "cast one of its elements";
	if (from.kind === "string" && isScalar(to))
		return "text does not become a number";
	if (from.kind === "array" || to.kind === "array")
		return "numbers and arrays of numbers become one another where they have as many bytes";
	return "numbers and pointers become one another; all else stays what it is";
}

/** Numbers are spread over arrays of numbers as their bytes stand in memory. */
function mayBecomeArray(from: Type, to: ArrayType): boolean {
	if (to.count === 0) return false;
	if (isNumeric(from)) return isNumeric(to.of) && sizeOf(to) <= 8;
	return ["array", "string", "buffer"].includes(from.kind);
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

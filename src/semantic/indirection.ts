// Indexes, dereference and address-of: places reached by pointers and positions.
import type {
	Expression,
	IndexAccess,
	UnaryExpression,
} from "../../grammar/ast.ts";
import type { Span } from "../base/source.ts";
import { sizeOf } from "../types/layout.ts";
import { typeName } from "../types/type-name.ts";
import type { AddressSpace, Type } from "../types/types.ts";
import { int8, int64, pointerTo, uint64 } from "../types/types.ts";
import { isContext, pointerIn, tupleElement, valueType } from "./access.ts";
import { convert, dereference, isNumeric, stepInto, unknown } from "./build.ts";
import { type Context, report, unresolved } from "./context.ts";
import { checkExpression, checkValue } from "./expressions.ts";
import type { IrExpr, PlaceStep } from "./ir.ts";
import { settled } from "./type-join.ts";
import { pointerSpace } from "./written-types.ts";

export function checkIndex(cx: Context, node: IndexAccess): IrExpr {
	const object = checkValue(cx, node.object);
	const index = checkValue(cx, node.index);
	const type = object.type;
	if (type === unresolved || index.type === unresolved)
		return unknown(node.span);
	if (type.kind === "tuple" && index.kind === "integer")
		return tupleElement(cx, object, Number(index.constant), node.span);
	if (!isNumeric(index.type)) {
		report(
			cx,
			"E0213",
			{ type: typeName(settled(index.type)) },
			node.index.span,
		);
		return unknown(node.span);
	}
	const wideIndex = convert(index, int64);
	if (type.kind === "pointer") {
		const of = valueType(type.to);
		const step: PlaceStep = {
			kind: "index",
			index: wideIndex,
			stride: Math.max(1, sizeOf(of)),
			bound: undefined,
			type: of,
		};
		const element = of.kind === "pointer" ? pointerIn(type, of) : of;
		return dereference(object, [step], element, node.span);
	}
	return indexInto(cx, object, wideIndex, node);
}

/** Elements of what can be indexed; 0 where their number is not known. */
function elementCount(type: Type): number | undefined {
	if (type.kind === "array") return type.count;
	return type.kind === "string" || type.kind === "buffer"
		? type.size
		: undefined;
}

function indexInto(
	cx: Context,
	object: IrExpr,
	index: IrExpr,
	node: IndexAccess,
): IrExpr {
	const type = object.type;
	const of = type.kind === "array" ? valueType(type.of) : int8;
	const count = elementCount(type);
	if (count === undefined) {
		report(cx, "E0214", { type: typeName(settled(type)) }, node.object.span);
		return unknown(node.span);
	}
	if (
		index.kind === "integer" &&
		count > 0 &&
		(index.constant < 0n || index.constant >= BigInt(count))
	) {
		report(
			cx,
			"E0215",
			{ index: String(index.constant), count },
			node.index.span,
		);
		return unknown(node.span);
	}
	const step: PlaceStep = {
		kind: "index",
		index,
		stride: Math.max(1, sizeOf(of)),
		bound: count || undefined,
		type: of,
	};
	const element =
		of.kind === "pointer"
			? { ...of, space: of.space === "user" ? of.space : pointerSpace(cx) }
			: of;
	return stepInto(object, [step], element, node.span);
}

/** `*p`. On a number it reads eight bytes; on `args` it does nothing, as older scripts expect. */
export function checkDereference(cx: Context, node: UnaryExpression): IrExpr {
	const operand = checkValue(cx, node.operand);
	const type = operand.type;
	if (type === unresolved) return unknown(node.span);
	if (type.kind === "pointer") {
		if (type.to.kind === "void") {
			report(cx, "E0216", { type: typeName(type) }, node.span, {
				help: "cast it first, for example *(uint64 *)p",
			});
			return unknown(node.span);
		}
		const of = valueType(type.to);
		return dereference(
			operand,
			[],
			of.kind === "pointer" ? pointerIn(type, of) : of,
			node.span,
		);
	}
	if (type.kind === "int") {
		const pointer = convert(operand, pointerTo(uint64, pointerSpace(cx)));
		return dereference(pointer, [], uint64, node.span);
	}
	if ((type.kind === "struct" || type.kind === "union") && isContext(type))
		return operand;
	report(cx, "E0216", { type: typeName(settled(type)) }, node.span);
	return unknown(node.span);
}

export function checkAddressOf(cx: Context, node: UnaryExpression): IrExpr {
	if (isWholeMap(cx, node.operand)) {
		report(cx, "E0501", { what: "the address of a whole map" }, node.span);
		return unknown(node.span);
	}
	const operand = checkAddressable(cx, node.operand);
	if (operand.type === unresolved) return unknown(node.span);
	if (
		operand.kind !== "place" &&
		operand.kind !== "variable" &&
		operand.kind !== "map-read"
	) {
		report(cx, "E0217", {}, node.operand.span);
		return unknown(node.span);
	}
	return addressOf(operand, node.span);
}

function addressOf(operand: IrExpr, span: Span): IrExpr {
	const type = pointerTo(settled(operand.type), spaceOf(operand));
	return { kind: "address-of", operand, type, span };
}

/** An array in the kernel's or a process's memory stands for its address where a pointer is wanted, as in C. */
export function decayed(operand: IrExpr): IrExpr {
	if (operand.kind !== "place" || operand.base.kind !== "pointer")
		return operand;
	const last = operand.steps.at(-1);
	const elsewhere = last?.kind === "member" && last.dataLoc !== undefined;
	const { kind } = operand.type;
	return (kind === "string" || kind === "array") && !elsewhere
		? addressOf(operand, operand.span)
		: operand;
}

/** The verifier allows plain loads from `args` at known offsets only, which an address does not keep. */
function spaceOf(operand: IrExpr): AddressSpace {
	if (operand.kind !== "place" || operand.base.kind !== "pointer")
		return "none";
	const [first] = operand.steps;
	const context = first?.kind === "member" && isContext(first.of);
	const { space } = operand.base;
	return context && space === "none" ? "kernel" : space;
}

/** `@x` of a map with keys. */
function isWholeMap(cx: Context, node: Expression): boolean {
	if (node.kind !== "map" || node.keys.length > 0) return false;
	const name = cx.frame.maps.get(node.name) ?? node.name;
	return cx.script.maps.get(name)?.isScalar === false;
}

function checkAddressable(cx: Context, node: Expression): IrExpr {
	const expression = checkExpression(cx, node);
	if (expression.kind !== "place") return expression;
	const last = expression.steps.at(-1);
	if (last?.kind === "member" && (last.bits || last.dataLoc)) {
		report(cx, "E0217", {}, node.span);
		return unknown(node.span);
	}
	return expression;
}

// `++` and `--` on variables and map cells.
import type { UpdateExpression } from "../../grammar/ast.ts";
import { sizeOf } from "../types/layout.ts";
import type { Type } from "../types/types.ts";
import { int64 } from "../types/types.ts";
import { unknown, wide } from "./build.ts";
import { type Context, report, unresolved } from "./context.ts";
import type { IrExpr } from "./ir.ts";
import { entryAsTyped, mapEntry, useValue } from "./maps.ts";
import { checkKeys } from "./names.ts";
import { unsuitable } from "./unsuitable.ts";
import { assignType, useVariable } from "./variables.ts";

export function checkUpdate(cx: Context, node: UpdateExpression): IrExpr {
	const common = {
		kind: "update",
		operator: node.operator,
		prefix: node.prefix,
		span: node.span,
	} as const;
	if (node.operand.kind === "variable") {
		const slot = useVariable(cx, node.operand);
		if (!slot || slot.type === unresolved) return unknown(node.span);
		const type = updatedType(cx, slot.type, node);
		if (!type) return unknown(node.span);
		assignType(cx, slot, type, node.span);
		return {
			...common,
			target: { kind: "variable", slot },
			step: stepOf(slot.type),
			type: slot.fixed ? slot.type : type,
		};
	}
	if (node.operand.kind === "map") {
		const entry = mapEntry(cx, node.operand);
		const key = checkKeys(cx, entry, node.operand);
		const type =
			entry.value === unresolved ? int64 : updatedType(cx, entry.value, node);
		if (!type || key === null) return unknown(node.span);
		useValue(cx, entry, type, node.span);
		return {
			...common,
			target: { kind: "map", map: entryAsTyped(entry), key },
			step: stepOf(type),
			type,
		};
	}
	report(cx, "E0225", { operator: node.operator }, node.operand.span);
	return unknown(node.span);
}

function updatedType(
	cx: Context,
	type: Type,
	node: UpdateExpression,
): Type | undefined {
	if (type.kind === "pointer") return type;
	if (type.kind === "int") return wide(type.signed || node.operator === "--");
	if (type.kind === "aggregate") {
		const name = node.operand.kind === "map" ? node.operand.name : "";
		report(
			cx,
			"E0203",
			{ map: `@${name}`, held: `${type.name}()`, type: node.operator },
			node.span,
		);
		return undefined;
	}
	unsuitable(cx, node.operator, [type], node.span);
	return undefined;
}

function stepOf(type: Type): bigint {
	return type.kind === "pointer" ? BigInt(Math.max(1, sizeOf(type.to))) : 1n;
}

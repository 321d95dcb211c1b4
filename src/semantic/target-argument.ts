// Variables that a builtin sets: `find(@x, key, $value)` gives $value the type of the map's values.
import type { Variable } from "../../grammar/ast.ts";
import type { Span } from "../base/source.ts";
import { builtinNamed } from "../builtins/index.ts";
import { typeName } from "../types/type-name.ts";
import { pointerTo, type Type, voidType } from "../types/types.ts";
import { unknown } from "./build.ts";
import {
	type Context,
	type MapEntry,
	report,
	type Slot,
	unresolved,
} from "./context.ts";
import type { IrExpr } from "./ir.ts";
import { joinTypes, settled } from "./type-join.ts";
import { assignType, findVariable, useVariable } from "./variables.ts";

/** Its type need not be known yet. */
export function targetVariable(cx: Context, node: Variable): IrExpr {
	const slot = findVariable(cx, node.name) ?? useVariable(cx, node);
	return slot ? addressOf(slot, node.span) : unknown(node.span);
}

/** Nodes that take a variable's address are known to change it. */
function addressOf(slot: Slot, span: Span): IrExpr {
	const operand: IrExpr = { kind: "variable", slot, type: slot.type, span };
	return {
		kind: "address-of",
		operand,
		type: pointerTo(voidType, "none"),
		span,
	};
}

/** The variable, widened so that it takes a value of the map. */
export function takingValue(
	cx: Context,
	target: IrExpr,
	entry: MapEntry,
): IrExpr {
	const variable = target.kind === "address-of" ? target.operand : target;
	if (variable.kind !== "variable" || entry.value === unresolved)
		return unknown(target.span);
	const slot = [...cx.program.slots.values()].find((s) => s === variable.slot);
	const type =
		entry.value.kind === "aggregate"
			? builtinNamed(entry.value.name)?.aggregate?.read?.type(entry.value)
			: entry.value;
	if (entry.value.kind === "aggregate" && !type) {
		const aggregate = `${entry.value.name}()`;
		report(cx, "E0221", { map: `@${entry.name}`, aggregate }, target.span);
	}
	if (!slot || !type) return unknown(target.span);
	assignType(cx, slot, type, target.span);
	if (!joinTypes(slot.type, type)) {
		if (slot.fixed) reportMisfit(cx, slot, type, target.span);
		return unknown(target.span);
	}
	return addressOf(slot, target.span);
}

function reportMisfit(cx: Context, slot: Slot, type: Type, span: Span): void {
	report(
		cx,
		"E0202",
		{
			what: `$${slot.name}`,
			held: typeName(slot.type),
			type: typeName(settled(type)),
		},
		span,
		{ notes: [{ text: "its type is given", span: slot.span }] },
	);
}

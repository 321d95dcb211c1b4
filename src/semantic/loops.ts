// Loops and jumps.
import type { ForStatement, UnrollStatement } from "../../grammar/ast.ts";
import type { Span } from "../base/source.ts";
import { builtinNamed } from "../builtins/index.ts";
import { typeName } from "../types/type-name.ts";
import type { Type } from "../types/types.ts";
import { convert, isNumeric } from "./build.ts";
import { type Context, innerScope, report, unresolved } from "./context.ts";
import { checkExpression } from "./expressions.ts";
import type { IrStatement } from "./ir.ts";
import { entryAsTyped, mapEntry, useKey } from "./maps.ts";
import { checkBlock } from "./statements.ts";
import { joinTypes, settled } from "./type-join.ts";
import { assignType, declareVariable } from "./variables.ts";

const mostUnrolled = 100n;

export function checkUnroll(
	cx: Context,
	node: UnrollStatement,
): readonly IrStatement[] {
	const count = checkExpression(cx, node.count);
	const body = checkBlock(innerScope(cx, node.body.span), node.body);
	if (count.type === unresolved) return [];
	if (
		typeof count.constant !== "bigint" ||
		count.constant < 1n ||
		count.constant > mostUnrolled
	) {
		report(cx, "E0234", { most: String(mostUnrolled) }, node.count.span);
		return [];
	}
	return [
		{ kind: "unroll", span: node.span, count: Number(count.constant), body },
	];
}

export function checkFor(
	cx: Context,
	node: ForStatement,
): readonly IrStatement[] {
	const inner = innerScope(cx, node.span, true);
	if (node.over.kind === "range") {
		const from = checkExpression(cx, node.over.from);
		const to = checkExpression(cx, node.over.to);
		for (const bound of [from, to]) {
			if (bound.type !== unresolved && !isNumeric(bound.type))
				report(
					cx,
					"E0235",
					{ type: typeName(settled(bound.type)) },
					bound.span,
				);
		}
		const type = joinTypes(from.type, to.type);
		const slot = declareVariable(inner, node.variable);
		if (type && type.kind === "int")
			assignType(inner, slot, type, node.variable);
		const body = checkBlock(innerScope(inner, node.body.span, true), node.body);
		if (slot.type === unresolved) return [];
		return [
			{
				kind: "for-range",
				span: node.span,
				slot,
				from: convert(from, slot.type),
				to: convert(to, slot.type),
				body,
			},
		];
	}
	const entry = mapEntry(cx, node.over);
	if (entry.isScalar === true) {
		useKey(cx, entry, unresolved, node.over.span);
		return [];
	}
	const slot = declareVariable(inner, node.variable);
	const value = iteratedValue(cx, entry.value, node);
	if (entry.key && value)
		assignType(
			inner,
			slot,
			{ kind: "tuple", elements: [settled(entry.key), settled(value)] },
			node.variable,
		);
	const body = checkBlock(innerScope(inner, node.body.span, true), node.body);
	if (slot.type === unresolved) return [];
	return [
		{ kind: "for-map", span: node.span, slot, map: entryAsTyped(entry), body },
	];
}

function iteratedValue(
	cx: Context,
	value: Type,
	node: ForStatement,
): Type | undefined {
	if (value === unresolved || value.kind !== "aggregate")
		return value === unresolved ? undefined : value;
	const read = builtinNamed(value.name)?.aggregate?.read;
	if (!read && cx.script.final)
		report(
			cx,
			"E0221",
			{ map: "the map", aggregate: `${value.name}()` },
			node.over.span,
		);
	return read?.type(value);
}

export function checkJump(
	cx: Context,
	node: { kind: string; span: Span },
): readonly IrStatement[] {
	const kind = node.kind === "break" ? "break" : "continue";
	if (!cx.inLoop) {
		report(cx, "E0236", { jump: kind }, node.span);
		return [];
	}
	return [{ kind, span: node.span }];
}

// Loops and jumps.
import type {
	Expression,
	ForStatement,
	JumpStatement,
	MapAccess,
	UnrollStatement,
} from "../../grammar/ast.ts";
import { mostTurns } from "../base/limits.ts";
import type { Span } from "../base/source.ts";
import { builtinNamed } from "../builtins/index.ts";
import { typeName } from "../types/type-name.ts";
import { int64, type Type, voidType } from "../types/types.ts";
import { convert, isNumeric } from "./build.ts";
import {
	type Context,
	innerScope,
	type MapEntry,
	report,
	unresolved,
} from "./context.ts";
import { checkExpression, checkValue } from "./expressions.ts";
import type { IrExpr, IrStatement } from "./ir.ts";
import { entryAsTyped, mapEntry, noteUse } from "./maps.ts";
import { numberType } from "./operators.ts";
import { checkBlock } from "./statements.ts";
import { joinInts, joinTypes, settled } from "./type-join.ts";
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
	return node.over.kind === "range"
		? checkRange(cx, node, node.over)
		: checkMapLoop(cx, node, node.over);
}

function checkRange(
	cx: Context,
	node: ForStatement,
	{ from, to }: { readonly from: Expression; readonly to: Expression },
): readonly IrStatement[] {
	const bounds = [from, to].map((bound) => checkExpression(cx, bound));
	const wrong = bounds.find((b) => b.type !== unresolved && !isNumeric(b.type));
	if (wrong)
		report(cx, "E0235", { type: typeName(settled(wrong.type)) }, wrong.span);
	const inner = innerScope(cx, node.span, true);
	const slot = declareVariable(inner, node.variable);
	const [first, last] = bounds;
	if (!first || !last) return [];
	warnOfTurns(cx, first, last);
	if (wrong || first.type === unresolved || last.type === unresolved)
		slot.assigned = true;
	else {
		const type = joinInts(numberType(first.type), numberType(last.type));
		assignType(inner, slot, type, from.span);
	}
	const body = checkBlock(innerScope(inner, node.body.span, true), node.body);
	if (slot.type === unresolved) return [];
	return [
		{
			kind: "for-range",
			span: node.span,
			slot,
			from: convert(first, slot.type),
			to: convert(last, slot.type),
			body,
		},
	];
}

/** What the kernel will cut short is told before, where it is known. */
function warnOfTurns(cx: Context, from: IrExpr, to: IrExpr): void {
	if (typeof from.constant !== "bigint" || typeof to.constant !== "bigint")
		return;
	const turns = to.constant - from.constant;
	if (turns <= mostTurns) return;
	const span = { ...from.span, end: to.span.end };
	report(cx, "W0204", { turns: String(turns), most: mostTurns }, span);
}

function checkMapLoop(
	cx: Context,
	node: ForStatement,
	over: MapAccess,
): readonly IrStatement[] {
	const entry = mapEntry(cx, over);
	const inner = innerScope(cx, node.span, true);
	const slot = declareVariable(inner, node.variable);
	const value = iteratedValue(cx, entry, over);
	if (entry.key && value)
		assignType(
			inner,
			slot,
			{ kind: "tuple", elements: [settled(entry.key), settled(value)] },
			over.span,
		);
	else slot.assigned = true;
	const body = checkBlock(innerScope(inner, node.body.span, true), node.body);
	if (slot.type === unresolved) return [];
	return [
		{ kind: "for-map", span: node.span, slot, map: entryAsTyped(entry), body },
	];
}

/** What a loop sees of a map's values, or undefined where it is not known or can't be gone through. */
function iteratedValue(
	cx: Context,
	entry: MapEntry,
	over: MapAccess,
): Type | undefined {
	if (!noteUse(cx, entry, over) || entry.value === unresolved) return undefined;
	if (entry.isScalar === true) {
		const notes = entry.keySpan
			? [{ text: "used without a key", span: entry.keySpan }]
			: [];
		report(cx, "E0245", { map: `@${entry.name}` }, over.span, { notes });
		return undefined;
	}
	const value = entry.value;
	if (value.kind !== "aggregate") return value;
	const read = builtinNamed(value.name)?.aggregate?.read;
	if (read) return read.type(value);
	const args = { map: `@${entry.name}`, aggregate: `${value.name}()` };
	report(cx, "E0221", args, over.span);
	return undefined;
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

/** `return` gives back what a function says it gives; a probe gives a number or nothing. */
export function checkReturn(
	cx: Context,
	node: JumpStatement,
): readonly IrStatement[] {
	const value = node.value && checkValue(cx, node.value);
	if (value?.type === unresolved) return [];
	const wanted = cx.returns ?? (value ? int64 : voidType);
	const given = value?.type ?? voidType;
	const fits =
		given === wanted ||
		(given.kind !== "void" && joinTypes(given, wanted) !== undefined);
	if (fits)
		return [
			{
				kind: "return",
				span: node.span,
				value: value && convert(value, wanted),
			},
		];
	const name = (type: Type) =>
		type.kind === "void" ? "nothing" : typeName(settled(type));
	const args = cx.returns
		? { where: "this function", wanted: name(wanted), type: name(given) }
		: { where: "a probe", wanted: "a number or nothing", type: name(given) };
	report(cx, "E0246", args, value?.span ?? node.span);
	return [];
}

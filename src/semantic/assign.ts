// Assignment to variables and maps.
import type { AssignStatement, MapAccess } from "../../grammar/ast.ts";
import type { MessageArgs, Note } from "../base/diagnostics.ts";
import type { Span } from "../base/source.ts";
import { isScalar } from "../types/scalar.ts";
import { typeName } from "../types/type-name.ts";
import type { Type } from "../types/types.ts";
import { checkAggregation } from "./aggregations.ts";
import { convert } from "./build.ts";
import {
	type Context,
	type MapEntry,
	report,
	type Slot,
	unresolved,
} from "./context.ts";
import type { IrExpr, IrStatement } from "./ir.ts";
import { kept } from "./kept.ts";
import { entryAsTyped, mapEntry, noteWritten, useValue } from "./maps.ts";
import { checkKeys } from "./names.ts";
import { compound } from "./statements.ts";
import { joinTypes, settled } from "./type-join.ts";
import { assignType } from "./variables.ts";

export function assignVariable(
	cx: Context,
	slot: Slot,
	value: IrExpr,
	span: Span,
): readonly IrStatement[] {
	if (value.type === unresolved) {
		slot.assigned = true;
		return [];
	}
	assignType(cx, slot, value.type, value.span);
	if (slot.fixed && !fitsFixed(cx, slot, value)) return [];
	if (slot.type === unresolved || !joinTypes(slot.type, value.type)) return [];
	keepsValue(cx, "E0202", { what: `$${slot.name}` }, slot.type, value);
	return [
		{ kind: "set-variable", span, slot, value: convert(value, slot.type) },
	];
}

/** Whether a place of type `held` holds all values of `type`: numbers are converted, text must not be cut. */
function holds(held: Type, type: Type): boolean {
	const joined = joinTypes(held, type);
	if (!joined) return false;
	if (held.kind === "string" && type.kind === "string")
		return held.size >= type.size;
	if (held.kind === "tuple" && type.kind === "tuple")
		return held.elements.every((e, i) => holds(e, type.elements[i] ?? e));
	return true;
}

/** A variable with a written type takes what fits it: literals by value, other numbers by conversion. */
function fitsFixed(cx: Context, slot: Slot, value: IrExpr): boolean {
	if (holds(slot.type, value.type) && literalFits(value, slot.type))
		return true;
	const what = `$${slot.name}`;
	const given = { text: "its type is given", span: slot.span };
	if (holds(slot.type, value.type))
		reportLiteral(cx, "E0202", { what }, slot.type, value, [given]);
	else {
		const held = typeName(slot.type);
		const type = typeName(settled(value.type));
		const help = isScalar(slot.type)
			? `cast the value, for example (${held})…`
			: "leave the type out, or write one that holds the value";
		report(cx, "E0202", { what, held, type }, value.span, {
			notes: [given],
			help,
		});
	}
	return false;
}

/** Reports a literal that the type found for its place can't hold. */
function keepsValue(
	cx: Context,
	code: "E0202" | "E0203",
	args: MessageArgs,
	held: Type,
	value: IrExpr,
): void {
	if (cx.script.final && !literalFits(value, held))
		reportLiteral(cx, code, args, held, value, []);
}

function reportLiteral(
	cx: Context,
	code: "E0202" | "E0203",
	args: MessageArgs,
	held: Type,
	{ constant, span }: IrExpr,
	notes: readonly Note[],
): void {
	if (held.kind !== "int") return;
	const name = typeName(held);
	const bits = BigInt(held.size * 8);
	const [least, most] = held.signed
		? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n]
		: [0n, (1n << bits) - 1n];
	const type = `the number ${constant}`;
	report(cx, code, { ...args, held: name, type }, span, {
		notes,
		help: `${name} goes from ${least} to ${most}; cast the number if it is meant to wrap around`,
	});
}

/** A literal must keep its value where it goes; what was cast is converted as casts are. */
function literalFits(value: IrExpr, type: Type): boolean {
	return (
		value.kind !== "integer" ||
		!value.literal ||
		type.kind !== "int" ||
		inRange(value.constant, type)
	);
}

function inRange(
	value: bigint,
	type: { size: number; signed: boolean },
): boolean {
	return (
		(type.signed
			? BigInt.asIntN(type.size * 8, value)
			: BigInt.asUintN(type.size * 8, value)) === value
	);
}

export function assignMap(
	cx: Context,
	node: AssignStatement,
	target: MapAccess,
): readonly IrStatement[] {
	const aggregation = checkAggregation(cx, node, target);
	if (aggregation) return aggregation;
	const entry = mapEntry(cx, target);
	const key = checkKeys(cx, entry, target);
	const value = kept(compoundOrOwn(cx, node, target, entry));
	noteWritten(cx, entry);
	if (value.type === unresolved) return [];
	useValue(cx, entry, value.type, value.span);
	if (key === null || !joinTypes(entry.value, value.type)) return [];
	keepsValue(cx, "E0203", { map: `@${entry.name}` }, entry.value, value);
	const map = entryAsTyped(entry);
	return [
		{
			kind: "set-map",
			span: node.span,
			map,
			key,
			value: convert(value, entry.value),
		},
	];
}

/** `@x += 1` on a map that nothing else assigns starts from zero. */
function compoundOrOwn(
	cx: Context,
	node: AssignStatement,
	target: MapAccess,
	entry: MapEntry,
): IrExpr {
	const starts = node.operator !== "=" && entry.value === unresolved;
	return compound(cx, starts ? { ...node, operator: "=" } : node, target);
}

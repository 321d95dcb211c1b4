// Operands that an operator does not take: how that is said.
import type { Span } from "../base/source.ts";
import { typeName } from "../types/type-name.ts";
import type { Type } from "../types/types.ts";
import { unknown } from "./build.ts";
import { type Context, report } from "./context.ts";
import type { IrExpr } from "./ir.ts";
import { settled } from "./type-join.ts";

export const comparisons = new Set(["==", "!=", "<", ">", "<=", ">="]);

export function unsuitable(
	cx: Context,
	operator: string,
	types: readonly Type[],
	span: Span,
): IrExpr {
	report(
		cx,
		"E0223",
		{ operator, types: types.map((t) => typeName(settled(t))).join(" and ") },
		span,
		{ help: operandHelp(operator, types) },
	);
	return unknown(span);
}

function operandHelp(operator: string, types: readonly Type[]): string {
	if (types.some((t) => t.kind === "pointer"))
		return "pointers can be compared, and numbers added to them or taken from them; cast them to uint64 for more";
	if (operator === "==" || operator === "!=")
		return "only values of the same kind can be compared";
	if (operator === "+" && types.some((t) => t.kind === "string"))
		return "it joins written texts; other texts are joined by str_concat(a, b)";
	return comparisons.has(operator)
		? "only numbers and pointers have an order; == and != compare text"
		: "it goes with numbers only";
}

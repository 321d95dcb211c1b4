// `c ? a : b`, `c ?: b`, and what `if` with a value comes down to.
import type { TernaryExpression } from "../../grammar/ast.ts";
import type { Span } from "../base/source.ts";
import { typeName } from "../types/type-name.ts";
import { voidType } from "../types/types.ts";
import { convert, unknown } from "./build.ts";
import { type Context, report, unresolved } from "./context.ts";
import { checkDead, decided } from "./dead-code.ts";
import { checkExpression, checkValue } from "./expressions.ts";
import type { IrExpr } from "./ir.ts";
import { checkCondition } from "./operators.ts";
import { joinTypes, settled } from "./type-join.ts";

export function checkTernary(cx: Context, node: TernaryExpression): IrExpr {
	const condition = checkValue(cx, node.condition);
	const known = decided(node.condition, condition);
	if (known !== undefined && node.then) {
		const [chosen, other] = known
			? [node.then, node.else]
			: [node.else, node.then];
		checkDead(cx.script, () => checkExpression(cx, other));
		return checkExpression(cx, chosen);
	}
	const then = node.then ? checkExpression(cx, node.then) : condition;
	const otherwise = checkExpression(cx, node.else);
	return choose(cx, condition, then, otherwise, node.span);
}

/** `condition ? then : otherwise`, both brought to one type. */
export function choose(
	cx: Context,
	condition: IrExpr,
	then: IrExpr,
	otherwise: IrExpr,
	span: Span,
): IrExpr {
	const test = checkCondition(cx, condition);
	if (
		test.type === unresolved ||
		then.type === unresolved ||
		otherwise.type === unresolved
	)
		return unknown(span);
	if (test.kind === "boolean") return test.constant ? then : otherwise;
	const bothVoid = then.type.kind === "void" && otherwise.type.kind === "void";
	const type = bothVoid ? voidType : joinTypes(then.type, otherwise.type);
	if (!type) {
		const one = typeName(settled(then.type));
		const other = typeName(settled(otherwise.type));
		report(cx, "E0224", { one, other }, span);
		return unknown(span);
	}
	return {
		kind: "ternary",
		condition: test,
		// biome-ignore lint/suspicious/noThenProperty: a plain field of a syntax tree
		then: convert(then, type),
		else: convert(otherwise, type),
		type,
		span,
	};
}

// `fn` subprograms of the script: their signatures are known before bodies are checked.
import type { CallExpression } from "../../grammar/ast.ts";
import { typeName } from "../types/type-name.ts";
import { convert, unknown } from "./build.ts";
import { type Context, report, unresolved } from "./context.ts";
import { checkExpression } from "./expressions.ts";
import type { IrExpr } from "./ir.ts";
import { counted } from "./prototype.ts";
import { joinTypes, settled } from "./type-join.ts";

/** A call of a script's function, or undefined when there is none of that name. */
export function callFunction(
	cx: Context,
	name: string,
	node: CallExpression,
): IrExpr | undefined {
	const target = cx.script.functions.get(name);
	if (!target) return undefined;
	if (target.parameters.length !== node.args.length) {
		report(
			cx,
			"E0226",
			{
				name,
				count: node.args.length,
				wanted: counted(target.parameters.length),
			},
			node.span,
		);
		return unknown(node.span);
	}
	const args: IrExpr[] = [];
	for (const [i, arg] of node.args.entries()) {
		const parameter = target.parameters[i];
		if (arg.kind === "type" || !parameter) return unknown(node.span);
		const value = checkExpression(cx, arg);
		if (value.type === unresolved) return unknown(node.span);
		if (!joinTypes(value.type, parameter.type)) {
			const found = typeName(settled(value.type));
			report(
				cx,
				"E0403",
				{
					name,
					wanted: typeName(parameter.type),
					found,
				},
				value.span,
			);
			return unknown(node.span);
		}
		args.push(convert(value, parameter.type));
	}
	return {
		kind: "function-call",
		symbol: target.symbol,
		args,
		type: target.returns,
		span: node.span,
	};
}

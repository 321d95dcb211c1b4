// `fn` subprograms of the script: their signatures are known before bodies are checked.
import type { CallExpression } from "../../grammar/ast.ts";
import { typeName } from "../types/type-name.ts";
import { convert, unknown } from "./build.ts";
import { type Context, report, unresolved } from "./context.ts";
import { checkExpression } from "./expressions.ts";
import type { IrExpr, VariableSlot } from "./ir.ts";
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
	if (comesBack(cx, name)) {
		report(cx, "E0250", { name }, node.span);
		return unknown(node.span);
	}
	const args = node.args.map((arg, i) =>
		argumentFor(cx, name, arg, target.parameters[i]),
	);
	const known = args.filter((a) => a !== undefined);
	if (known.length < args.length) return unknown(node.span);
	const { symbol, returns: type } = target;
	return { kind: "function-call", symbol, args: known, type, span: node.span };
}

/** Notes the call; true where it leads back to the function that makes it. */
function comesBack({ script: { calls }, program }: Context, name: string) {
	const { inside } = program;
	if (inside === undefined) return false;
	calls.set(inside, (calls.get(inside) ?? new Set()).add(name));
	const seen = new Set<string>();
	const open = [name];
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		if (next === inside) return true;
		if (seen.has(next)) continue;
		seen.add(next);
		open.push(...(calls.get(next) ?? []));
	}
	return false;
}

function argumentFor(
	cx: Context,
	name: string,
	arg: CallExpression["args"][number],
	parameter: VariableSlot | undefined,
): IrExpr | undefined {
	if (arg.kind === "type" || !parameter) return undefined;
	const value = checkExpression(cx, arg);
	if (value.type === unresolved) return undefined;
	if (joinTypes(value.type, parameter.type))
		return convert(value, parameter.type);
	const found = typeName(settled(value.type));
	const wanted = typeName(parameter.type);
	report(cx, "E0403", { name, wanted, found }, value.span);
	return undefined;
}

// Macro calls. A macro is checked anew at each call in a frame of its own, so that its names can't meet the caller's.
import type {
	Expression,
	Macro,
	MacroParameter,
	MapAccess,
	Variable,
} from "../../grammar/ast.ts";
import type { Span } from "../base/source.ts";
import type { Argument } from "./arguments.ts";
import { unknown } from "./build.ts";
import { type Context, type Frame, report, type Slot } from "./context.ts";
import type { IrExpr } from "./ir.ts";
import { checkValueBlock } from "./statements.ts";
import { findVariable, useVariable } from "./variables.ts";

export function macrosNamed(cx: Context, name: string): readonly Macro[] {
	return cx.script.macros.get(name) ?? [];
}

/** The macro that these arguments fit: by number, then by what variables and maps are asked for. */
export function macroFor(
	cx: Context,
	name: string,
	args: readonly Argument[],
): Macro | undefined {
	const candidates = macrosNamed(cx, name).filter(
		(m) => m.parameters.length === args.length,
	);
	return (
		candidates.find((m) =>
			m.parameters.every((p, i) => fits(cx, p, args[i])),
		) ?? candidates[0]
	);
}

function fits(
	cx: Context,
	parameter: MacroParameter,
	arg: Argument | undefined,
): boolean {
	if (!arg) return false;
	const resolved = resolve(cx, arg);
	if (parameter.kind === "variable") return resolved.node.kind === "variable";
	if (parameter.kind === "map")
		return resolved.node.kind === "map" && resolved.node.keys.length === 0;
	return true;
}

/** Follows a name that is itself a macro parameter to what the caller wrote. */
function resolve(cx: Context, arg: Argument): { cx: Context; node: Argument } {
	const parameter =
		arg.kind === "identifier" ? cx.frame.expressions.get(arg.name) : undefined;
	return parameter
		? resolve(parameter.context, parameter.expression)
		: { cx, node: arg };
}

export function callMacro(
	cx: Context,
	macro: Macro,
	args: readonly Argument[],
	span: Span,
): IrExpr {
	const inner = enterMacro(cx, macro, args, span);
	return inner ? checkValueBlock(inner, macro.body, span) : unknown(span);
}

/** The context of a macro's body; undefined, with a report, where it can't be called like that. */
export function enterMacro(
	cx: Context,
	macro: Macro,
	args: readonly Argument[],
	span: Span,
): Context | undefined {
	for (let frame: Frame | undefined = cx.frame; frame; frame = frame.caller) {
		if (frame.macro !== macro) continue;
		report(cx, "E0227", { name: macro.name.text }, span);
		return undefined;
	}
	const frame = bindParameters(cx, macro, args, span);
	return (
		frame && {
			...cx,
			frame,
			inLoop: false,
			scope: { id: frame.id, names: new Map(), outer: undefined },
		}
	);
}

function bindParameters(
	cx: Context,
	macro: Macro,
	args: readonly Argument[],
	span: Span,
): Frame | undefined {
	const variables = new Map<string, Slot>();
	const maps = new Map<string, string>();
	const expressions = new Map<
		string,
		{ expression: Expression; context: Context }
	>();
	for (const [i, parameter] of macro.parameters.entries()) {
		const arg = args[i];
		if (!arg) return undefined;
		const target = resolve(cx, arg);
		if (parameter.kind === "expression") {
			const expression = asExpression(arg);
			expressions.set(parameter.name, { expression, context: cx });
		} else if (!fits(cx, parameter, arg)) {
			reportKind(cx, macro, parameter, arg.span);
			return undefined;
		} else if (parameter.kind === "map") {
			const name = (target.node as MapAccess).name;
			maps.set(parameter.name, target.cx.frame.maps.get(name) ?? name);
		} else {
			const node = target.node as Variable;
			const slot =
				findVariable(target.cx, node.name) ?? useVariable(target.cx, node);
			if (!slot) return undefined;
			variables.set(parameter.name, slot);
		}
	}
	const id = `${cx.scope.id}!${macro.name.text}@${span.source.name}:${span.start}`;
	return { id, macro, variables, maps, expressions, caller: cx.frame, span };
}

function reportKind(
	cx: Context,
	macro: Macro,
	{ kind, name }: MacroParameter,
	span: Span,
): void {
	const [wanted, parameter, help] =
		kind === "variable"
			? [
					"a variable",
					`$${name}`,
					"assign it to a variable first, and pass that",
				]
			: ["a map", `@${name}`, "pass the map itself, without a key"];
	const args = { name: macro.name.text, wanted, parameter };
	report(cx, "E0228", args, span, { help });
}

/** A written type as an argument stands as `typeof(type)`. */
function asExpression(arg: Argument): Expression {
	return arg.kind === "type"
		? { kind: "typeof", operand: arg, span: arg.span }
		: arg;
}

// Calls: macros first, then the script's functions, then builtins, whose prototypes are checked here once for all.
import type {
	CallExpression,
	Expression,
	MapAccess,
	TypeExpression,
} from "../../grammar/ast.ts";
import type { Span } from "../base/source.ts";
import { nearestName } from "../base/suggest.ts";
import type { BuiltinDefinition, CheckCall } from "../builtins/definition.ts";
import { allBuiltins, builtinNamed } from "../builtins/index.ts";
import { typeName } from "../types/type-name.ts";
import { voidType } from "../types/types.ts";
import { boolean, convert, integer, string, unknown, word } from "./build.ts";
import { type Context, report, unresolved } from "./context.ts";
import { checkExpression } from "./expressions.ts";
import { callFunction } from "./functions.ts";
import type { IrExpr } from "./ir.ts";
import { callMacro, macroFor, macrosNamed } from "./macros.ts";
import { entryAsTyped, mapEntry, useKey } from "./maps.ts";
import { checkKeys } from "./names.ts";
import { matchesKinds } from "./parameter-kinds.ts";
import {
	type Parameter,
	type Prototype,
	parameterAt,
	prototypeOf,
} from "./prototype.ts";
import { settled } from "./type-join.ts";
import { typeOfOperand } from "./written-types.ts";

export type Argument = Expression | TypeExpression;

export function checkCall(cx: Context, node: CallExpression): IrExpr {
	const name = node.callee.text;
	const macro = macroFor(cx, name, node.args);
	if (macro) return callMacro(cx, macro, node.args, node.span);
	const wrongMacro = macrosNamed(cx, name)[0];
	if (wrongMacro && !builtinNamed(name)) {
		report(
			cx,
			"E0226",
			{ name, count: node.args.length, wanted: wrongMacro.parameters.length },
			node.span,
		);
		return unknown(node.span);
	}
	const called = callFunction(cx, name, node);
	if (called) return called;
	const builtin = builtinNamed(name);
	if (builtin) return callBuiltin(cx, builtin, node.args, name, node.span);
	const near = nearestName(name, callableNames(cx));
	report(cx, "E0401", { name }, node.callee.span, {
		help: near ? `did you mean ${near}()?` : "kask help lists all functions",
	});
	return unknown(node.span);
}

function* callableNames(cx: Context): Iterable<string> {
	yield* cx.script.macros.keys();
	yield* cx.script.functions.keys();
	for (const b of allBuiltins)
		if (b.signatures.some((s) => s.includes("("))) yield b.name;
}

/** `args` undefined: the bare word. */
export function callBuiltin(
	cx: Context,
	builtin: BuiltinDefinition,
	args: readonly Argument[] | undefined,
	name: string,
	span: Span,
): IrExpr {
	const checked = checkArguments(cx, builtin, args, name, span);
	if (!checked) return unknown(span);
	if (builtin.unsafe && !cx.script.settings.unsafe) {
		report(cx, "E0405", { name }, span);
		return unknown(span);
	}
	const call: CheckCall = {
		args: checked,
		span,
		probe: cx.program.facts,
		types: cx.script.environment.types,
		settings: cx.script.settings,
		report: (code, values = {}, options = {}) =>
			cx.script.diagnostics.report(code, values, { span, ...options }),
	};
	const type = builtin.check(call);
	const folded = builtin.fold?.(call);
	if (folded !== undefined) return literal(folded, span);
	return { kind: "call", builtin, args: checked, type, span };
}

function literal(value: bigint | string | boolean, span: Span): IrExpr {
	if (typeof value === "bigint") return integer(value, span);
	return typeof value === "string" ? string(value, span) : boolean(value, span);
}

/** The checked arguments, or undefined where something is not known yet or was reported. */
function checkArguments(
	cx: Context,
	builtin: BuiltinDefinition,
	args: readonly Argument[] | undefined,
	name: string,
	span: Span,
): readonly IrExpr[] | undefined {
	const prototypes = builtin.signatures.map(prototypeOf);
	const prototype = choosePrototype(cx, prototypes, args);
	if (!prototype) {
		const wanted = prototypes.map((p) => p.text).join(" or ");
		report(cx, "E0402", { name, count: args?.length ?? 0 }, span, {
			help: `write ${wanted}`,
		});
		return undefined;
	}
	const result: IrExpr[] = [];
	for (const [i, arg] of (args ?? []).entries()) {
		const parameter = parameterAt(prototype, i);
		const checked =
			parameter && checkArgument(cx, parameter, arg, result, name);
		if (!checked) return undefined;
		result.push(checked);
	}
	return result.some((a) => a.type === unresolved) ? undefined : result;
}

/** The prototype that fits by number of arguments, and by which of them are maps, words and types. */
function choosePrototype(
	cx: Context,
	prototypes: readonly Prototype[],
	args: readonly Argument[] | undefined,
): Prototype | undefined {
	if (args === undefined || args.length === 0) {
		// `pid()` is as good as `pid`, and the other way round where no argument is needed.
		const bare = prototypes.find((p) => p.parameters === undefined);
		const empty = prototypes.find((p) => p.parameters && p.least === 0);
		return args === undefined ? (bare ?? empty) : (empty ?? bare);
	}
	const fitting = prototypes.filter(
		(p) => p.parameters && takes(p, args.length),
	);
	return (
		fitting.find((p) =>
			args.every((arg, i) => looksLike(cx, arg, parameterAt(p, i))),
		) ?? fitting[0]
	);
}

/** Told by form alone: types are not known yet. */
function looksLike(
	cx: Context,
	arg: Argument,
	parameter: Parameter | undefined,
): boolean {
	const kinds = parameter?.kinds ?? [];
	if (arg.kind === "type") return kinds.includes("type");
	const { node } = resolveMapNode(cx, arg);
	const onlyMap = kinds.every((k) => k === "map");
	if (onlyMap) return node.kind === "map";
	const onlyWord = kinds.every((k) => k === "word");
	if (onlyWord) return node.kind === "identifier";
	const onlyType = kinds.every((k) => k === "type");
	return !onlyType || arg.kind === "typeof";
}

function takes(prototype: Prototype, count: number): boolean {
	return count >= prototype.least && count <= prototype.most;
}

function checkArgument(
	cx: Context,
	parameter: Parameter,
	arg: Argument,
	before: readonly IrExpr[],
	name: string,
): IrExpr | undefined {
	const kinds = parameter.kinds;
	if (
		kinds.includes("type") &&
		(arg.kind === "type" || arg.kind === "typeof")
	) {
		const type = typeOfOperand(cx, arg);
		return type && { kind: "word", word: typeName(type), type, span: arg.span };
	}
	if (arg.kind === "type") {
		report(
			cx,
			"E0403",
			{
				name,
				parameter: parameter.name,
				wanted: kindNames(parameter),
				found: "a type",
			},
			arg.span,
		);
		return undefined;
	}
	if (
		kinds.includes("word") &&
		arg.kind === "identifier" &&
		!cx.frame.expressions.has(arg.name)
	)
		return word(arg.name, arg.span);
	if (kinds.includes("map")) {
		const reference = mapArgument(cx, resolveMapNode(cx, arg), kinds);
		if (reference) return reference;
	}
	const value = checkExpression(cx, arg);
	if (value.type === unresolved) return value;
	return suits(cx, parameter, value, before, name)
		? keyed(cx, parameter, value, before)
		: undefined;
}

/** A macro's expression parameter may stand for a map. */
function resolveMapNode(
	cx: Context,
	arg: Expression,
): { cx: Context; node: Expression } {
	const parameter =
		arg.kind === "identifier" ? cx.frame.expressions.get(arg.name) : undefined;
	return parameter
		? resolveMapNode(parameter.context, parameter.expression)
		: { cx, node: arg };
}

function mapArgument(
	_: Context,
	{ cx, node }: { cx: Context; node: Expression },
	kinds: readonly string[],
): IrExpr | undefined {
	if (node.kind !== "map") return undefined;
	if (node.keys.length > 0 && kinds.includes("any")) return undefined;
	const entry = mapEntry(cx, node);
	const keys = node.keys.length > 0 ? checkKeys(cx, entry, node) : undefined;
	if (keys === null) return unknown(node.span);
	const map = entryAsTyped(entry);
	// Whether `@x` without keys is a scalar is settled by its other uses.
	return { kind: "map-reference", map, keys, type: voidType, span: node.span };
}

function suits(
	cx: Context,
	parameter: Parameter,
	value: IrExpr,
	before: readonly IrExpr[],
	name: string,
): boolean {
	if (parameter.kinds.includes("key"))
		return before.some((b) => b.kind === "map-reference");
	const matches = matchesKinds(parameter.kinds, value);
	const constant = !parameter.literal || value.constant !== undefined;
	if (matches && constant) return true;
	const wanted = kindNames(parameter);
	const found = matches
		? "an expression"
		: value.type.kind === "void"
			? "nothing"
			: typeName(settled(value.type));
	report(
		cx,
		"E0403",
		{ name, parameter: parameter.name, wanted, found },
		value.span,
	);
	return false;
}

function kindNames(parameter: Parameter): string {
	const kinds = parameter.kinds.map((k) =>
		k === "word" ? "a name" : k === "any" ? "a value" : k,
	);
	return `${parameter.literal ? "literal " : ""}${kinds.join(" or ")}`;
}

/** Keys of map functions take the map's key type. */
function keyed(
	cx: Context,
	parameter: Parameter,
	value: IrExpr,
	before: readonly IrExpr[],
): IrExpr {
	const reference = before[0];
	if (!parameter.kinds.includes("key") || reference?.kind !== "map-reference")
		return value;
	const entry = cx.script.maps.get(reference.map.name);
	if (!entry) return value;
	useKey(cx, entry, value.type, value.span);
	return entry.key ? convert(value, entry.key) : value;
}

/** The map of an aggregate's assignment. */
export function isMapNode(node: Expression): node is MapAccess {
	return node.kind === "map";
}

// A builtin's arguments against its prototypes: which prototype is meant, and whether the arguments are what it wants.

import type { Expression, TypeExpression } from "../../grammar/ast.ts";
import type { Span } from "../base/source.ts";
import type { BuiltinDefinition } from "../builtins/definition.ts";
import { builtinNamed } from "../builtins/index.ts";
import { typeName } from "../types/type-name.ts";
import { voidType } from "../types/types.ts";
import { convert, unknown, word } from "./build.ts";
import { type Context, report, unresolved } from "./context.ts";
import { checkExpression } from "./expressions.ts";
import type { IrExpr } from "./ir.ts";
import { kept } from "./kept.ts";
import { entryAsTyped, mapEntry, noteUse, useKey } from "./maps.ts";
import { checkKeys } from "./names.ts";
import { matchesKinds, wantedKinds } from "./parameter-kinds.ts";
import {
	argumentCounts,
	type Parameter,
	type Prototype,
	parameterAt,
	prototypeOf,
} from "./prototype.ts";
import { takingValue, targetVariable } from "./target-argument.ts";
import { settled } from "./type-join.ts";
import { typeOfOperand } from "./written-types.ts";

export type Argument = Expression | TypeExpression;

/**
 * The checked arguments, or undefined where something is not known yet or was reported. `args` undefined: the bare word.
 */
export function checkArguments(
	cx: Context,
	builtin: BuiltinDefinition,
	args: readonly Argument[] | undefined,
	name: string,
	span: Span,
): readonly IrExpr[] | undefined {
	const candidates = prototypesFor(cx, builtin, args);
	if (candidates.length === 0) {
		reportCount(cx, builtin, args?.length ?? 0, name, span);
		return undefined;
	}
	const given = (args ?? []).map((arg, i) =>
		prepare(cx, arg, kindsAt(candidates, i)),
	);
	if (given.some((a) => a.type === unresolved)) return undefined;
	const misfits = candidates.map((p) => misfit(p, given));
	const chosen = candidates[misfits.indexOf(-1)];
	if (!chosen) {
		reportMisfit(cx, candidates, given, Math.max(...misfits), name);
		return undefined;
	}
	const result = given.map((arg, i) => keyed(cx, chosen, i, arg, given));
	return result.some((a) => a.type === unresolved) ? undefined : result;
}

/**
 * Prototypes that take so many arguments, and of these the ones that the arguments' form fits: maps, words and types
 * are told from values by how they are written.
 */
function prototypesFor(
	cx: Context,
	builtin: BuiltinDefinition,
	args: readonly Argument[] | undefined,
): readonly Prototype[] {
	const prototypes = builtin.signatures.map(prototypeOf);
	if (args === undefined || args.length === 0) {
		// `pid()` is as good as `pid`, and the other way round where no argument is needed.
		const bare = prototypes.find((p) => p.parameters === undefined);
		const empty = prototypes.find((p) => p.parameters && p.least === 0);
		const chosen = args === undefined ? (bare ?? empty) : (empty ?? bare);
		return chosen ? [chosen] : [];
	}
	const count = args.length;
	const taking = prototypes.filter(
		(p) => p.parameters && count >= p.least && count <= p.most,
	);
	const fitting = taking.filter((p) =>
		args.every((arg, i) => looksLike(cx, arg, parameterAt(p, i))),
	);
	const whole = fitting.filter((p) => !takesElement(cx, p, args));
	return whole.length > 0 ? whole : fitting.length > 0 ? fitting : taking;
}

/** Told by form alone: types are not known yet. */
function looksLike(
	cx: Context,
	arg: Argument,
	parameter: Parameter | undefined,
): boolean {
	const only = (kind: string) => parameter?.kinds.every((k) => k === kind);
	if (arg.kind === "type") return parameter?.kinds.includes("type") === true;
	const { node } = resolveArgument(cx, arg);
	if (only("map")) return node.kind === "map";
	if (only("word")) return node.kind === "identifier";
	return !only("type") || arg.kind === "typeof";
}

/** `f(@x[key])` means the value under the key wherever a prototype takes a value. */
function takesElement(
	cx: Context,
	prototype: Prototype,
	args: readonly Argument[],
): boolean {
	return args.some((arg, i) => {
		if (arg.kind === "type") return false;
		const { node } = resolveArgument(cx, arg);
		const keyed = node.kind === "map" && node.keys.length > 0;
		return keyed && parameterAt(prototype, i)?.kinds.includes("map");
	});
}

/** A macro's expression parameter stands for what the caller wrote. */
function resolveArgument(
	cx: Context,
	arg: Expression,
): { cx: Context; node: Expression } {
	const parameter =
		arg.kind === "identifier" ? cx.frame.expressions.get(arg.name) : undefined;
	return parameter
		? resolveArgument(parameter.context, parameter.expression)
		: { cx, node: arg };
}

function kindsAt(
	candidates: readonly Prototype[],
	index: number,
): readonly string[] {
	const parameters = candidates.map((p) => parameterAt(p, index));
	// What is printed by a format goes by its conversions.
	return parameters.flatMap((p) => (p && !p.rest ? p.kinds : []));
}

function prepare(cx: Context, arg: Argument, kinds: readonly string[]): IrExpr {
	if (
		arg.kind === "type" ||
		(arg.kind === "typeof" && kinds.includes("type"))
	) {
		const type = typeOfOperand(cx, arg);
		if (!type) return unknown(arg.span);
		return { kind: "word", word: typeName(type), type, span: arg.span };
	}
	const resolved = resolveArgument(cx, arg);
	if (kinds.includes("word") && resolved.node.kind === "identifier")
		return word(resolved.node.name, arg.span);
	if (kinds.includes("map") && resolved.node.kind === "map")
		return mapReference(resolved.cx, resolved.node);
	if (kinds.includes("target") && resolved.node.kind === "variable")
		return targetVariable(resolved.cx, resolved.node);
	const value = checkExpression(cx, arg);
	return kinds.includes("any") || kinds.includes("key") ? kept(value) : value;
}

function mapReference(
	cx: Context,
	node: Extract<Expression, { kind: "map" }>,
): IrExpr {
	const entry = mapEntry(cx, node);
	const keys = node.keys.length > 0 ? checkKeys(cx, entry, node) : undefined;
	if (keys === null || !noteUse(cx, entry, node)) return unknown(node.span);
	const map = entryAsTyped(entry);
	// Whether `@x` without keys is a scalar is settled by its other uses.
	return { kind: "map-reference", map, keys, type: voidType, span: node.span };
}

/** The first argument that the prototype does not take, or -1. */
function misfit(prototype: Prototype, given: readonly IrExpr[]): number {
	return given.findIndex((arg, i) => {
		const parameter = parameterAt(prototype, i);
		return (
			!parameter ||
			!matchesKinds(parameter.kinds, arg) ||
			(parameter.literal && arg.constant === undefined)
		);
	});
}

/** Keys of map functions take the map's key type. */
function keyed(
	cx: Context,
	prototype: Prototype,
	index: number,
	value: IrExpr,
	given: readonly IrExpr[],
): IrExpr {
	const reference = given[0];
	const kinds = parameterAt(prototype, index)?.kinds ?? [];
	if (reference?.kind !== "map-reference") return value;
	const entry = cx.script.maps.get(reference.map.name);
	if (entry && kinds.includes("target")) return takingValue(cx, value, entry);
	if (!kinds.includes("key")) return value;
	// The builtin itself says that a map without keys takes none.
	if (!entry || entry.isScalar === true) return value;
	useKey(cx, entry, value.type, value.span);
	return entry.key ? convert(value, entry.key) : value;
}

function reportCount(
	cx: Context,
	builtin: BuiltinDefinition,
	count: number,
	name: string,
	span: Span,
): void {
	const prototypes = builtin.signatures.map(prototypeOf);
	report(
		cx,
		"E0402",
		{ name, count, wanted: argumentCounts(prototypes) },
		span,
		{ help: keyHelp(prototypes, count, name) ?? formHelp(prototypes) },
	);
}

/** `delete(@a, 1, 2)`: what is too much is most likely meant for the key. */
function keyHelp(
	prototypes: readonly Prototype[],
	count: number,
	name: string,
): string | undefined {
	const most = Math.max(...prototypes.map((p) => p.most));
	const takesKey = prototypes.some((p) =>
		p.parameters?.some(({ kinds }) => kinds.includes("key")),
	);
	return takesKey && count > most
		? `a key of several parts stands in parentheses: ${name}(@map, (1, 2))`
		: undefined;
}

function formHelp(prototypes: readonly Prototype[]): string {
	return `it is written ${prototypes.map((p) => p.text).join(" or ")}`;
}

function reportMisfit(
	cx: Context,
	candidates: readonly Prototype[],
	given: readonly IrExpr[],
	index: number,
	name: string,
): void {
	const arg = given[index];
	const parameters = candidates
		.map((p) => parameterAt(p, index))
		.filter((p) => p !== undefined);
	if (!arg) return;
	const kind = parameters.some((p) => matchesKinds(p.kinds, arg));
	const found = kind ? "one that is only known at run time" : foundName(arg);
	const wanted = wantedKinds(parameters);
	const meant = index === 0 ? builtinNamed(name)?.meant : undefined;
	report(cx, "E0403", { name, wanted, found }, arg.span, {
		help: meant ?? formHelp(candidates),
	});
}

function foundName(arg: IrExpr): string {
	if (arg.kind === "map-reference") return "a map";
	if (arg.kind === "word")
		return arg.type === voidType ? `the word ${arg.word}` : "a type";
	return arg.type.kind === "void" ? "nothing" : typeName(settled(arg.type));
}

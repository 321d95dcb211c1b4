// What a bare name, a variable, a map or a positional parameter stands for.

import type {
	Expression,
	Identifier,
	MapAccess,
	PositionalParameter,
	Variable,
} from "../../grammar/ast.ts";
import { parseInteger } from "../../grammar/literals.ts";
import { parseExpression } from "../../grammar/parse.ts";
import { toByteString } from "../base/byte-text.ts";
import { Source } from "../base/source.ts";
import { nearestName } from "../base/suggest.ts";
import { allBuiltins, builtinNamed } from "../builtins/index.ts";
import type { Type } from "../types/types.ts";
import { requestFlag, wellKnown } from "../types/well-known.ts";
import { convert, integer, integerOf, string, unknown } from "./build.ts";
import { callBuiltin } from "./calls.ts";
import {
	type Context,
	type MapEntry,
	report,
	reportConsequence,
	unresolved,
} from "./context.ts";
import type { CMacro } from "./environment.ts";
import { checkExpression } from "./expressions.ts";
import type { IrExpr } from "./ir.ts";
import { checkKept } from "./kept.ts";
import { callMacro, macroFor } from "./macros.ts";
import { entryAsTyped, mapEntry, noteUse, useKey } from "./maps.ts";
import { joinKeys } from "./type-join.ts";
import { helpForUnassigned } from "./unassigned-maps.ts";
import { useVariable } from "./variables.ts";

export function checkVariable(cx: Context, node: Variable): IrExpr {
	const slot = useVariable(cx, node);
	if (!slot || slot.type === unresolved) {
		if (slot && cx.script.final) {
			const say = slot.assigned ? reportConsequence : report;
			say(cx, "E0218", { name: `$${node.name}` }, node.span);
		}
		return unknown(node.span);
	}
	return { kind: "variable", slot, type: slot.type, span: node.span };
}

export function checkIdentifier(cx: Context, node: Identifier): IrExpr {
	const parameter = cx.frame.expressions.get(node.name);
	if (parameter)
		return checkExpression(parameter.context, parameter.expression);
	const macro = macroFor(cx, node.name, []);
	if (macro) return callMacro(cx, macro, [], node.span);
	const builtin = builtinNamed(node.name);
	if (builtin?.aggregate) {
		report(cx, "E0112", { name: node.name }, node.span);
		return unknown(node.span);
	}
	if (builtin) return callBuiltin(cx, builtin, undefined, node.name, node.span);
	const { macros, types } = cx.script.environment;
	const define = macros.get(node.name);
	const constant = types.constant(node.name);
	// An enum's constant is known by both; the enum's type lets it be printed by name.
	const same = define?.kind === "integer" && define.value === constant?.value;
	const own =
		constant?.type.kind === "enum" &&
		(constant.type.origin === "script" || same);
	if (define && !own) return defined(cx, define, node);
	if (constant) return integerOf(constant.value, constant.type, node.span);
	const usual = wellKnown(node.name);
	if (usual !== undefined) return integer(BigInt(usual), node.span);
	const flag = requestFlag(node.name, types.constant);
	if (flag !== undefined) return integer(flag, node.span);
	reportUnknown(cx, node);
	return unknown(node.span);
}

function reportUnknown(cx: Context, node: Identifier): void {
	const { missingIncludes } = cx.script.environment;
	const { name, span } = node;
	if (missingIncludes.length > 0) {
		const text = `it may be a macro of ${missingIncludes.join(" or ")}, which is not on this machine: types come from the kernel's BTF, macros can't`;
		const help = `define it in the script: #define ${name} …`;
		report(cx, "E0219", { name }, span, { notes: [{ text }], help });
		return;
	}
	const near = nearestName(name, knownNames(cx, name));
	report(cx, "E0219", { name }, span, {
		help: near
			? `did you mean ${near}?`
			: `for text write "${node.name}"; variables begin with $, maps with @`,
	});
}

function defined(cx: Context, define: CMacro, node: Identifier): IrExpr {
	switch (define.kind) {
		case "integer":
			return define.type.kind === "enum"
				? integerOf(define.value, define.type, node.span)
				: integer(define.value, node.span);
		case "string":
			return string(toByteString(define.value), node.span);
		case "expression": {
			const source = new Source(node.name, define.text);
			const parsed = parseExpression(source, cx.script.diagnostics);
			return parsed ? checkExpression(cx, parsed) : unknown(node.span);
		}
	}
}

function* knownNames(cx: Context, name: string): Iterable<string> {
	yield* cx.frame.expressions.keys();
	yield* cx.script.macros.keys();
	yield* cx.script.environment.macros.keys();
	for (const builtin of allBuiltins) {
		if (builtin.signatures.some((s) => !s.includes("("))) yield builtin.name;
	}
	if (/[A-Z]/.test(name)) yield* constantNames(cx);
}

function* constantNames(cx: Context): Iterable<string> {
	const types = cx.script.environment.types;
	for (const name of types.names("enum")) {
		const type = types.enum(name);
		for (const constant of type ? types.enumerators(type) : [])
			yield constant.name;
	}
}

/** `$1`: a number where it reads as one, else text; zero where none was given. */
export function checkParameter(cx: Context, node: PositionalParameter): IrExpr {
	const text = cx.script.environment.parameters[node.index - 1];
	if (text === undefined) return { ...integer(0n, node.span), parameter: "" };
	const value = readWrittenInteger(text);
	const parameter = toByteString(text);
	return value === undefined
		? { ...string(parameter, node.span), parameter }
		: { ...integer(value, node.span), parameter };
}

/** All that is a number in a script (`10ms`, `1e6`, `5u`), with a sign; undefined for anything else. */
function readWrittenInteger(text: string): bigint | undefined {
	const read = parseInteger(text.replace(/^[+-]/, ""));
	if (typeof read === "string") return undefined;
	return text.startsWith("-") ? -read.value : read.value;
}

/** Decimal, octal, hexadecimal, with a sign and `_`, as in scripts; undefined for anything else. */
export function readInteger(text: string): bigint | undefined {
	const match = /^([+-]?)(0[xX][0-9a-fA-F_]+|[0-9][0-9_]*)$/.exec(text);
	if (!match) return undefined;
	const digits = (match[2] ?? "").replaceAll("_", "");
	const octal = /^0[0-7]+$/.test(digits);
	if (/^0[0-9]+$/.test(digits) && !octal) return undefined;
	const value = BigInt(octal ? `0o${digits.slice(1)}` : digits);
	return match[1] === "-" ? -value : value;
}

export function checkMapRead(cx: Context, node: MapAccess): IrExpr {
	const entry = mapEntry(cx, node);
	const key = checkKeys(cx, entry, node);
	const type = readType(cx, entry, node);
	if (type === undefined) return unknown(node.span);
	// The type is known before the key's may be, which may hang on it.
	if (key === null) return { ...unknown(node.span), type };
	return {
		kind: "map-read",
		target: entryAsTyped(entry),
		key,
		type,
		span: node.span,
	};
}

/** The key expression of a map access, noted in the map's type: undefined for scalars, null where it is not known. */
export function checkKeys(
	cx: Context,
	entry: MapEntry,
	node: MapAccess,
): IrExpr | undefined | null {
	if (node.keys.length === 0) {
		useKey(cx, entry, undefined, node.span);
		return undefined;
	}
	const key = keyExpression(cx, node.keys, node);
	useKey(cx, entry, key.type, node.span);
	if (key.type === unresolved) return null;
	return entry.key && joinKeys(entry.key, key.type)
		? convert(key, entry.key)
		: key;
}

/** Several keys are one tuple. */
function keyExpression(
	cx: Context,
	keys: readonly Expression[],
	node: MapAccess,
): IrExpr {
	const checked = keys.map((k) => checkKept(cx, k));
	const [only] = checked;
	if (only && checked.length === 1) return only;
	if (checked.some((k) => k.type === unresolved)) return unknown(node.span);
	return {
		kind: "tuple",
		elements: checked,
		type: { kind: "tuple", elements: checked.map((k) => k.type) },
		span: node.span,
	};
}

/** The type a map reads as: its value's, or the number of an aggregate. */
export function readType(
	cx: Context,
	entry: MapEntry,
	node: MapAccess,
): Type | undefined {
	entry.isRead = true;
	if (entry.isUnassigned && cx.script.final) {
		const help = helpForUnassigned(cx.script, entry);
		report(cx, "W0207", { map: `@${entry.name}` }, node.span, { help });
	}
	if (!noteUse(cx, entry, node) || entry.value === unresolved) return undefined;
	if (entry.value.kind !== "aggregate") return entry.value;
	const read = builtinNamed(entry.value.name)?.aggregate?.read;
	if (read) return read.type(entry.value);
	report(
		cx,
		"E0221",
		{ map: `@${entry.name}`, aggregate: `${entry.value.name}()` },
		node.span,
	);
	return undefined;
}

// typeinfo(): what a type is, as a record that is known when compiling.
import type { TypeinfoExpression } from "../../grammar/ast.ts";
import { toByteString } from "../base/byte-text.ts";
import { typeName } from "../types/type-name.ts";
import type { Type } from "../types/types.ts";
import { integer, string, unknown } from "./build.ts";
import { type Context, report, unresolved } from "./context.ts";
import type { IrExpr } from "./ir.ts";
import { mapEntry } from "./maps.ts";
import { settled } from "./type-join.ts";
import { verdictOn } from "./unstable.ts";
import { typeOfOperand } from "./written-types.ts";

export function checkTypeinfo(cx: Context, node: TypeinfoExpression): IrExpr {
	const { span } = node;
	const verdict = verdictOn(
		cx.script.configuration,
		"unstable_typeinfo",
		"typeinfo",
	);
	if (verdict) report(cx, ...verdict, span);
	const type = typeAskedFor(cx, node.operand);
	if (!type || type === unresolved) return unknown(span);
	// Types are known by name here; bpftrace has no number either, but for some types of the kernel's BTF.
	const parts: readonly (readonly [name: string, value: IrExpr])[] = [
		["btf_id", integer(0n, span)],
		["base_type", string(baseOf(type), span)],
		["full_type", string(toByteString(nameOf(type)), span)],
	];
	return {
		kind: "tuple",
		elements: parts.map(([, value]) => value),
		type: {
			kind: "record",
			fields: parts.map(([name, { type }]) => ({ name, type })),
		},
		span,
	};
}

/** Of a map's place, also what an aggregation keeps there. */
function typeAskedFor(
	cx: Context,
	operand: TypeinfoExpression["operand"],
): Type | undefined {
	if (operand.kind !== "map") return typeOfOperand(cx, operand);
	const { value, isScalar } = mapEntry(cx, operand);
	const isPlace = isScalar === true || operand.keys.length > 0;
	return isPlace && value.kind === "aggregate"
		? settled(value)
		: typeOfOperand(cx, operand);
}

/** `ksym_t`, `count_t`: what functions give is called after them. */
function nameOf(type: Type): string {
	const ofFunction = type.kind === "opaque" || type.kind === "aggregate";
	return ofFunction ? `${type.name}_t` : typeName(type);
}

function baseOf(type: Type): string {
	switch (type.kind) {
		case "opaque":
		case "aggregate":
			return nameOf(type);
		case "struct":
		case "union":
			return "c_type";
		case "enum":
			return "int";
		case "int":
		case "bool":
		case "void":
		case "string":
		case "buffer":
		case "pointer":
		case "array":
		case "tuple":
		case "record":
			return type.kind;
	}
}

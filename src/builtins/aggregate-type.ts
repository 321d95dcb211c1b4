// The type of what an aggregation keeps.
import type { AggregateType, IntType, Type } from "../types/types.ts";
import { int64, intType, uint64 } from "../types/types.ts";
import type { Emitter, TypedExpr } from "./definition.ts";

export function aggregateOf(
	name: string,
	value: TypedExpr | undefined,
	params: AggregateType["params"] = {},
): AggregateType {
	return { kind: "aggregate", name, params, of: integerOf(value?.type) };
}

/** Numbers of other kinds are taken as integers of their size; a literal takes the sign of the others. */
function integerOf(type: Type | undefined): IntType {
	if (type?.kind === "int") return type;
	if (type?.kind === "enum") return intType(type.size, type.signed);
	return uint64;
}

/** What the whole aggregate reads as: 64 bits of the values' sign. */
export function wideOf(type: AggregateType): IntType {
	return type.of.signed ? int64 : uint64;
}

export function cWide(type: AggregateType): "s64" | "u64" {
	return type.of.signed ? "s64" : "u64";
}

/** The first argument as a C number; 0 where there is none. */
export function amount(emitter: Emitter, args: readonly TypedExpr[]): string {
	return args[0] ? emitter.scalar(args[0]) : "0";
}

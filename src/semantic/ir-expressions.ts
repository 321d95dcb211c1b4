// The typed program's expressions. Everything is resolved; see ir.ts for what surrounds them.

import type { Span } from "../base/source.ts";
import type {
	BuiltinDefinition,
	MapFacts,
	TypedExpr,
} from "../builtins/definition.ts";
import type { LibraryFunction } from "../types/c-library.ts";
import type { AddressSpace, StructType, Type } from "../types/types.ts";
import type { IrBlock, TypedMap, VariableSlot } from "./ir.ts";

interface IrNode extends TypedExpr {
	readonly type: Type;
	readonly span: Span;
}

export type IrExpr =
	| IrInteger
	| IrBoolean
	| IrString
	| IrVariable
	| IrMapRead
	| IrMapReference
	| IrWord
	| IrCall
	| IrFunctionCall
	| IrLibraryCall
	| IrUnary
	| IrBinary
	| IrLogical
	| IrCompareMemory
	| IrTernary
	| IrConvert
	| IrPlace
	| IrAddressOf
	| IrTuple
	| IrUpdate
	| IrBlockExpr;

export interface IrInteger extends IrNode {
	readonly kind: "integer";
	readonly constant: bigint;
	/** As written in the script, or folded from such alone: no cast gave it its type. */
	readonly literal?: boolean;
}
export interface IrBoolean extends IrNode {
	readonly kind: "boolean";
	readonly constant: boolean;
}
/** `type.size` includes the NUL; bytes of `constant` as in StringLiteral.value. */
export interface IrString extends IrNode {
	readonly kind: "string";
	readonly constant: string;
}
export interface IrVariable extends IrNode {
	readonly kind: "variable";
	readonly slot: VariableSlot;
}
/** A missing key reads as zero. An aggregate map reads as its number (AggregateDefinition.read). */
export interface IrMapRead extends IrNode {
	readonly kind: "map-read";
	readonly target: TypedMap;
	readonly key: IrExpr | undefined;
}
/** The map itself, as an argument; `keys` as written with it. */
export interface IrMapReference extends IrNode {
	readonly kind: "map-reference";
	readonly map: MapFacts;
	readonly keys: IrExpr | undefined;
}
export interface IrWord extends IrNode {
	readonly kind: "word";
	readonly word: string;
}
/** A builtin, function or variable. */
export interface IrCall extends IrNode {
	readonly kind: "call";
	/** Calls of the macros that it stands in, the innermost first. */
	readonly callers?: readonly Span[];
	readonly builtin: BuiltinDefinition;
	readonly args: readonly IrExpr[];
}
export interface IrFunctionCall extends IrNode {
	readonly kind: "function-call";
	readonly symbol: string;
	readonly args: readonly IrExpr[];
}
/** A function of a C library. Arguments are scalars, or memory whose address is passed. */
export interface IrLibraryCall extends IrNode {
	readonly kind: "library-call";
	readonly called: LibraryFunction;
	readonly args: readonly IrExpr[];
}
/** Scalars only. `!` gives bool. */
export interface IrUnary extends IrNode {
	readonly kind: "unary";
	readonly operator: "-" | "~" | "!";
	readonly operand: IrExpr;
}
/** Scalars only, converted to the type they are computed in; comparisons give bool. Division by zero gives 1, and is counted. */
export interface IrBinary extends IrNode {
	readonly kind: "binary";
	readonly operator:
		| "|"
		| "^"
		| "&"
		| "<<"
		| ">>"
		| "+"
		| "-"
		| "*"
		| "/"
		| "%"
		| "=="
		| "!="
		| "<"
		| ">"
		| "<="
		| ">=";
	readonly left: IrExpr;
	readonly right: IrExpr;
}
/** Short-circuit. */
export interface IrLogical extends IrNode {
	readonly kind: "logical";
	readonly operator: "&&" | "||";
	readonly left: IrExpr;
	readonly right: IrExpr;
}
/** Strings compare up to their NUL; tuples, arrays and records byte by byte (same type on both sides). */
export interface IrCompareMemory extends IrNode {
	readonly kind: "compare-memory";
	readonly operator: "==" | "!=";
	readonly left: IrExpr;
	readonly right: IrExpr;
}
export interface IrTernary extends IrNode {
	readonly kind: "ternary";
	readonly condition: IrExpr;
	readonly then: IrExpr;
	readonly else: IrExpr;
}
/**
 * Scalar → scalar (truncates or extends; to bool compares with 0), string → string of another size (cut, NUL kept),
 * tuple → tuple and record → record element by element, string or int ↔ byte array, string → bool (is it non-empty).
 */
export interface IrConvert extends IrNode {
	readonly kind: "convert";
	readonly operand: IrExpr;
}
/**
 * A place in memory. `pointer`: behind a scalar pointer, read by `space` (kernel, user: probe_read; none: a plain load)
 * or plainly when `trusted`. `value`: inside a memory value of the script's own (variable, map cell, tuple …).
 * A scalar-typed place is loaded when evaluated; a memory-typed one is copied.
 */
export interface IrPlace extends IrNode {
	readonly kind: "place";
	readonly base:
		| {
				readonly kind: "pointer";
				readonly pointer: IrExpr;
				readonly space: AddressSpace;
				readonly trusted: boolean;
		  }
		| { readonly kind: "value"; readonly value: IrExpr };
	readonly steps: readonly PlaceStep[];
}
export type PlaceStep =
	/** A member of a struct. Kernel-origin structs are relocated (CO-RE) by name, others use `offset` (bytes). */
	| {
			readonly kind: "member";
			readonly of: StructType;
			readonly name: string;
			readonly offset: number;
			readonly type: Type;
			readonly bits?: { readonly offset: number; readonly size: number };
			readonly dataLoc?: "absolute" | "relative";
	  }
	/** A tuple's element or record's field. */
	| { readonly kind: "element"; readonly offset: number; readonly type: Type }
	/** Array element or pointer arithmetic; `bound` elements when the array's size is known (out of range reads as zero). */
	| {
			readonly kind: "index";
			readonly index: IrExpr;
			readonly stride: number;
			readonly bound: number | undefined;
			readonly type: Type;
	  };

/** `&place`, `&$variable`, `&@map[key]`. */
export interface IrAddressOf extends IrNode {
	readonly kind: "address-of";
	readonly operand: IrExpr;
}
/** Tuples and records alike. */
export interface IrTuple extends IrNode {
	readonly kind: "tuple";
	readonly elements: readonly IrExpr[];
}
/** `$x++`, `--@m[k]`: `type` is the value's. */
export interface IrUpdate extends IrNode {
	readonly kind: "update";
	readonly target:
		| { readonly kind: "variable"; readonly slot: VariableSlot }
		| {
				readonly kind: "map";
				readonly map: TypedMap;
				readonly key: IrExpr | undefined;
		  };
	readonly operator: "++" | "--";
	readonly prefix: boolean;
	/** What is added: 1, or the pointee's size. */
	readonly step: bigint;
}
export interface IrBlockExpr extends IrNode {
	readonly kind: "block-expression";
	readonly block: IrBlock;
	/** undefined where `type` is void. */
	readonly value: IrExpr | undefined;
}

// The typed program: what the checker makes and the code generator reads. Everything is resolved: names are slots,
// maps or builtins, macros are expanded, member accesses are places, pointer arithmetic is scaled to bytes.
// Scalar types are bool, int, enum, pointer and opaque types of up to 8 bytes whose builtin emits scalars; all else lives in memory.
import type { Span } from "../base/source.ts";
import type {
	BuiltinDefinition,
	MapFacts,
	ProbeFacts,
	TypedExpr,
} from "../builtins/definition.ts";
import type { AttachRequest, BpfMapType, Settings } from "../plan.ts";
import type {
	AddressSpace,
	AggregateType,
	StructType,
	Type,
} from "../types/types.ts";

/** A checked script, ready for code generation. */
export interface TypedScript {
	readonly programs: readonly TypedProgram[];
	readonly maps: readonly TypedMap[];
	readonly settings: Settings;
	/** Bytes of `str()` and such by default; objects up to `onStackLimit` bytes live on the BPF stack. */
	readonly onStackLimit: number;
	readonly needs: readonly string[];
	/** `fn` subprograms, callable from all programs. */
	readonly functions: readonly TypedFunction[];
}

/** One BPF program, attached at one or more places. */
export interface TypedProgram {
	/** C identifier. */
	readonly symbol: string;
	/** ELF section, as in ProgramPlan. */
	readonly section: string;
	/** The probe as written. */
	readonly probe: string;
	readonly facts: ProbeFacts;
	readonly span: Span;
	/** Only events of this process (`-p`): checked before the predicate. */
	readonly onlyPid: number | undefined;
	readonly predicate: IrExpr | undefined;
	readonly body: IrBlock;
	/** All variables of the program, macro-local ones among them. */
	readonly variables: readonly VariableSlot[];
	readonly attach: readonly Omit<AttachRequest, "program" | "place">[];
}

export interface TypedFunction {
	readonly symbol: string;
	readonly parameters: readonly VariableSlot[];
	readonly returns: Type;
	readonly body: IrBlock;
	readonly variables: readonly VariableSlot[];
	readonly span: Span;
}

export interface VariableSlot {
	/** Unique in its program, and a C identifier. */
	readonly symbol: string;
	readonly type: Type;
}

/** A script's map, with the BPF map type chosen. */
export interface TypedMap extends MapFacts {
	/** C identifier. */
	readonly symbol: string;
	/** Chosen by the declaration or by what the map holds. */
	readonly bpfType: BpfMapType;
	readonly maxEntries: number;
	/** Never undefined once checked. */
	readonly value: Type;
	readonly span: Span;
}

export interface IrBlock {
	readonly statements: readonly IrStatement[];
}

export type IrStatement =
	| {
			readonly kind: "expression";
			readonly span: Span;
			readonly expression: IrExpr;
	  }
	/** Declares without a value: zeroed. */
	| {
			readonly kind: "declare";
			readonly span: Span;
			readonly slot: VariableSlot;
	  }
	| {
			readonly kind: "set-variable";
			readonly span: Span;
			readonly slot: VariableSlot;
			readonly value: IrExpr;
	  }
	| {
			readonly kind: "set-map";
			readonly span: Span;
			readonly map: TypedMap;
			readonly key: IrExpr | undefined;
			readonly value: IrExpr;
	  }
	| IrAggregate
	| {
			readonly kind: "if";
			readonly span: Span;
			readonly condition: IrExpr;
			readonly then: IrBlock;
			readonly else: IrBlock | undefined;
	  }
	| {
			readonly kind: "while";
			readonly span: Span;
			readonly condition: IrExpr;
			readonly body: IrBlock;
	  }
	| {
			readonly kind: "unroll";
			readonly span: Span;
			readonly count: number;
			readonly body: IrBlock;
	  }
	/** `to` is not included; both are evaluated once. */
	| {
			readonly kind: "for-range";
			readonly span: Span;
			readonly slot: VariableSlot;
			readonly from: IrExpr;
			readonly to: IrExpr;
			readonly body: IrBlock;
	  }
	/** The slot holds the tuple (key, value), or (value is an aggregate) its number read in the kernel. */
	| {
			readonly kind: "for-map";
			readonly span: Span;
			readonly slot: VariableSlot;
			readonly map: TypedMap;
			readonly body: IrBlock;
	  }
	| {
			readonly kind: "return";
			readonly span: Span;
			readonly value: IrExpr | undefined;
	  }
	| { readonly kind: "break" | "continue"; readonly span: Span }
	| { readonly kind: "block"; readonly span: Span; readonly block: IrBlock };

/** `@x[key] = count()` and the like. */
export interface IrAggregate {
	readonly kind: "aggregate";
	readonly span: Span;
	readonly map: TypedMap;
	readonly type: AggregateType;
	readonly key: IrExpr | undefined;
	readonly builtin: BuiltinDefinition;
	readonly args: readonly IrExpr[];
}

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
	readonly builtin: BuiltinDefinition;
	readonly args: readonly IrExpr[];
}
export interface IrFunctionCall extends IrNode {
	readonly kind: "function-call";
	readonly symbol: string;
	readonly args: readonly IrExpr[];
}
/** Scalars only. `!` gives bool. */
export interface IrUnary extends IrNode {
	readonly kind: "unary";
	readonly operator: "-" | "~" | "!";
	readonly operand: IrExpr;
}
/** Scalars only, converted to the type they are computed in; comparisons give bool. Division by zero gives 0. */
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

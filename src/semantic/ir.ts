// The typed program: what the checker makes and the code generator reads. Everything is resolved: names are slots,
// maps or builtins, macros are expanded, member accesses are places, pointer arithmetic is scaled to bytes.
// Scalar types are bool, int, enum, pointer and opaque types of up to 8 bytes whose builtin emits scalars; all else lives in memory.

import type { Span } from "../base/source.ts";
import type {
	BuiltinDefinition,
	MapFacts,
	ProbeFacts,
} from "../builtins/definition.ts";
import type { MachineFacts } from "../builtins/machine.ts";
import type { AttachRequest, BpfMapType, Settings } from "../plan.ts";
import type { CLibrary } from "../types/c-library.ts";
import type { AggregateType, Type } from "../types/types.ts";
import type { Choice } from "./attach-points.ts";
import type { IrExpr } from "./ir-expressions.ts";

export type * from "./ir-expressions.ts";

/** A checked script, ready for code generation. */
export interface TypedScript {
	readonly programs: readonly TypedProgram[];
	readonly maps: readonly TypedMap[];
	readonly settings: Settings;
	/** The size of the ring buffer is what somebody asked for. */
	readonly ringAsked: boolean;
	readonly machine: MachineFacts;
	/** Failures of kernel helpers are counted, each at its place. */
	readonly helperErrors: boolean;
	/** Bytes of `str()` and such by default. */
	readonly maxStrlen: number;
	/** The map that stands for the clock. */
	readonly clockMap: string | undefined;
	/** Objects up to so many bytes live on the BPF stack. */
	readonly onStackLimit: number;
	readonly needs: readonly string[];
	/** Of alternatives. */
	readonly choices: readonly Choice[];
	/** `fn` subprograms, callable from all programs. */
	readonly functions: readonly TypedFunction[];
	/** C libraries, whose functions programs may call, too. */
	readonly libraries: readonly CLibrary[];
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
	/** The script says how many keys it has room for: no more, no less. */
	readonly isDeclared: boolean;
	/** What its numbers count. */
	readonly unit: string | undefined;
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

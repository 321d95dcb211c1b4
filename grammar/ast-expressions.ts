// The syntax tree of expressions and written types.
import type { Span } from "../src/base/source.ts";
import type { Block, Name, Node } from "./ast.ts";

export type Expression =
	| IntegerLiteral
	| StringLiteral
	| BooleanLiteral
	| Identifier
	| PositionalParameter
	| ParameterCount
	| Variable
	| MapAccess
	| UnaryExpression
	| UpdateExpression
	| BinaryExpression
	| TernaryExpression
	| CallExpression
	| FieldAccess
	| TupleAccess
	| IndexAccess
	| CastExpression
	| TupleExpression
	| RecordExpression
	| BlockExpression
	| IfExpression
	| SizeofExpression
	| OffsetofExpression
	| TypeofExpression
	| TypeinfoExpression
	| ComptimeExpression;

export interface IntegerLiteral extends Node {
	readonly kind: "integer";
	/** As written, for the formatter: `0x10`, `1e6`, `1_000`, `10ms`, `5ull`. */
	readonly text: string;
	/** The value, 0 … 2^64-1. Durations (`10ms`) are in nanoseconds. */
	readonly value: bigint;
	/** True for a suffix with `u`. */
	readonly unsigned: boolean;
	/** True for a duration such as `10ms`. */
	readonly duration: boolean;
}

export interface StringLiteral extends Node {
	readonly kind: "string";
	/** With its quotes and escapes, as written. */
	readonly text: string;
	/** The bytes it stands for, as a byte string: escapes resolved, all else in UTF-8. */
	readonly value: string;
}

export interface BooleanLiteral extends Node {
	readonly kind: "boolean";
	readonly value: boolean;
}

/** A bare word: a builtin (`pid`, `args`, `arg0`), an enum constant, a `#define`d name, a macro without arguments. */
export interface Identifier extends Node {
	readonly kind: "identifier";
	readonly name: string;
}

/** `$1` */
export interface PositionalParameter extends Node {
	readonly kind: "parameter";
	/** 1-based. */
	readonly index: number;
}

/** `$#` */
export interface ParameterCount extends Node {
	readonly kind: "parameter-count";
}

export interface Variable extends Node {
	readonly kind: "variable";
	/** Without the `$`. */
	readonly name: string;
}

/** `@`, `@name`, `@name[a, b]`. `@x[1,2]` has two keys here; `@x[(1,2)]` has one, a tuple. */
export interface MapAccess extends Node {
	readonly kind: "map";
	/** Without the `@`; the anonymous map is "". */
	readonly name: string;
	readonly keys: readonly Expression[];
}

export type UnaryOperator = "!" | "~" | "-" | "+" | "*" | "&";

export interface UnaryExpression extends Node {
	readonly kind: "unary";
	readonly operator: UnaryOperator;
	readonly operand: Expression;
}

/** `++x`, `x--`; the operand is a variable or a map cell (the checker says so otherwise). */
export interface UpdateExpression extends Node {
	readonly kind: "update";
	readonly operator: "++" | "--";
	readonly prefix: boolean;
	readonly operand: Expression;
}

export type BinaryOperator =
	| "||"
	| "&&"
	| "|"
	| "^"
	| "&"
	| "=="
	| "!="
	| "<"
	| ">"
	| "<="
	| ">="
	| "<<"
	| ">>"
	| "+"
	| "-"
	| "*"
	| "/"
	| "%";

export interface BinaryExpression extends Node {
	readonly kind: "binary";
	readonly operator: BinaryOperator;
	readonly operatorSpan: Span;
	readonly left: Expression;
	readonly right: Expression;
}

/** `c ? a : b`; `c ?: b` has no `then`. */
export interface TernaryExpression extends Node {
	readonly kind: "ternary";
	readonly condition: Expression;
	readonly then: Expression | undefined;
	readonly else: Expression;
}

export interface CallExpression extends Node {
	readonly kind: "call";
	readonly callee: Name;
	/** `name!(…)`, the old spelling of a macro call. */
	readonly bang: boolean;
	readonly args: readonly (Expression | TypeExpression)[];
}

/** `a.b` and `a->b`. */
export interface FieldAccess extends Node {
	readonly kind: "field";
	readonly object: Expression;
	readonly arrow: boolean;
	readonly field: Name;
}

/** `t.0` */
export interface TupleAccess extends Node {
	readonly kind: "tuple-access";
	readonly object: Expression;
	readonly index: number;
}

/** `a[i]` on anything but a map. */
export interface IndexAccess extends Node {
	readonly kind: "index";
	readonly object: Expression;
	readonly index: Expression;
}

/** `(type)value` */
export interface CastExpression extends Node {
	readonly kind: "cast";
	readonly type: TypeExpression;
	readonly operand: Expression;
}

/** `(a, b)`, `(a,)`, `()` */
export interface TupleExpression extends Node {
	readonly kind: "tuple";
	readonly elements: readonly Expression[];
}

/** `(name = value, …)` */
export interface RecordExpression extends Node {
	readonly kind: "record";
	readonly fields: readonly RecordField[];
}

export interface RecordField extends Node {
	readonly name: Name;
	readonly value: Expression;
}

/** `{ …; value }` where an expression stands. */
export interface BlockExpression extends Node {
	readonly kind: "block";
	readonly block: Block;
}

/** `if (c) { …; a } else { …; b }` where a value is wanted: both blocks have a `value`, else the checker objects. */
export interface IfExpression extends Node {
	readonly kind: "if-expression";
	readonly comptime: boolean;
	readonly condition: Expression;
	readonly then: Block;
	/** For `else if`, `elseIf` is true and this block holds nothing but an `IfExpression` as its `value`. */
	readonly else: Block | undefined;
	readonly elseIf: boolean;
}

/**
 * `sizeof(expression)` or `sizeof(type)`. A bare word that is no known type name (`sizeof(foo)`) is an `Identifier`
 * here and below: only the stage that knows the types can tell which it is.
 */
export interface SizeofExpression extends Node {
	readonly kind: "sizeof";
	readonly operand: Expression | TypeExpression;
}

/** `offsetof(struct s, a.b)` or `offsetof(expression, a)`. */
export interface OffsetofExpression extends Node {
	readonly kind: "offsetof";
	readonly operand: Expression | TypeExpression;
	readonly path: readonly Name[];
}

/** `typeof(expression)` or `typeof(type)` where an expression may stand, for example as a macro argument. */
export interface TypeofExpression extends Node {
	readonly kind: "typeof";
	readonly operand: Expression | TypeExpression;
}

/** `typeinfo(expression)` or `typeinfo(type)`. */
export interface TypeinfoExpression extends Node {
	readonly kind: "typeinfo";
	readonly operand: Expression | TypeExpression;
}

export interface ComptimeExpression extends Node {
	readonly kind: "comptime";
	readonly operand: Expression;
}

/**
 * A written type: `uint64`, `struct task_struct *`, `string[16]`, `int8[4]`, `typeof(x) *`, `(int32, string[4])`.
 * `pointers` counts the `*`; `dimensions` are array sizes from the outside in, undefined for `[]`.
 * `*` after `[]` (a pointer to an array, `int8[4] *`) makes a type whose `base` is the array type.
 */
export interface TypeExpression extends Node {
	readonly kind: "type";
	readonly base: NamedType | TypeofExpression | TupleType | TypeExpression;
	readonly pointers: number;
	readonly dimensions: readonly (bigint | undefined)[];
}

/** `tag` is set for `struct x`, `union x`, `enum x`. */
export interface NamedType extends Node {
	readonly kind: "named-type";
	readonly tag: "struct" | "union" | "enum" | undefined;
	/** Several words are joined by one space: `unsigned int`. */
	readonly name: string;
}

export interface TupleType extends Node {
	readonly kind: "tuple-type";
	readonly elements: readonly TypeExpression[];
}

// The syntax tree: what the parser builds, the formatter prints, and the semantic stage reads. Plain data with spans.
// Nothing here is resolved: names are names, types are written types, macros are not expanded.
import type { Span } from "../src/base/source.ts";

export interface Node {
	readonly span: Span;
}

/** A comment, kept for the formatter. `text` includes its delimiters. */
export interface Comment extends Node {
	readonly text: string;
	/** True when only white space stands before it on its line. */
	readonly ownLine: boolean;
}

/** A whole script. Items keep their written order. */
export interface Script extends Node {
	readonly kind: "script";
	/** `#!…` line, without its line end. */
	readonly shebang: string | undefined;
	readonly items: readonly Item[];
	readonly comments: readonly Comment[];
}

export type Item =
	| Preprocessor
	| CDefinition
	| Config
	| Import
	| MapDeclaration
	| Macro
	| FunctionDefinition
	| Probe;

/** `#include`, `#define`, `#if` …: one logical line (continuations joined), verbatim. */
export interface Preprocessor extends Node {
	readonly kind: "preprocessor";
	readonly text: string;
}

/** `struct`, `union`, `enum` or `typedef` definition: C text, verbatim, with its `;` if it had one. */
export interface CDefinition extends Node {
	readonly kind: "c-definition";
	readonly text: string;
}

/** `config = { name = value; … }` */
export interface Config extends Node {
	readonly kind: "config";
	readonly entries: readonly ConfigEntry[];
}

export interface ConfigEntry extends Node {
	readonly name: Name;
	readonly value: IntegerLiteral | StringLiteral | BooleanLiteral | Name;
}

/** `import "path";`, at the top or as a statement. */
export interface Import extends Node {
	readonly kind: "import";
	readonly path: StringLiteral;
}

/** `let @name = lruhash(100);` or `let @name;` */
export interface MapDeclaration extends Node {
	readonly kind: "map-declaration";
	/** Without the `@`. */
	readonly map: Name;
	/** Map type name, for example `lruhash`; undefined for a bare declaration. */
	readonly mapType: Name | undefined;
	readonly args: readonly Expression[];
}

/** `macro name($variable, @map, expression) { … }` */
export interface Macro extends Node {
	readonly kind: "macro";
	readonly name: Name;
	readonly parameters: readonly MacroParameter[];
	/** A trailing expression without `;` is the value: it is then the block's `value`. */
	readonly body: Block;
}

export interface MacroParameter extends Node {
	readonly kind: "variable" | "map" | "expression";
	/** Without its `$` or `@`. */
	readonly name: string;
}

/** `fn name($a: type, $b: type): type { … }` */
export interface FunctionDefinition extends Node {
	readonly kind: "function";
	readonly name: Name;
	readonly parameters: readonly FunctionParameter[];
	readonly returnType: TypeExpression;
	readonly body: Block;
}

export interface FunctionParameter extends Node {
	readonly variable: Variable;
	readonly type: TypeExpression;
}

export interface Probe extends Node {
	readonly kind: "probe";
	/** The comma-separated list. */
	readonly specs: readonly ProbeSpec[];
	/** `/expression/` */
	readonly predicate: Expression | undefined;
	readonly body: Block;
}

/** `a ?? b ?? c`: the first that this kernel has. Usually just one. */
export interface ProbeSpec extends Node {
	readonly alternatives: readonly AttachPoint[];
}

/** `name=provider:part:part…`. Parts are unquoted text in which wildcards and `$1` parameters still stand. */
export interface AttachPoint extends Node {
	/** The optional `name=` prefix. */
	readonly name: Name | undefined;
	/** As written: `tracepoint`, `t`, `BEGIN` … */
	readonly provider: Name;
	readonly parts: readonly AttachPart[];
}

/** Parts are divided by `:`. An `@` outside quotes is a part of its own: `uprobe:/bin/x@f.c:7` has `/bin/x`, `@`, `f.c`, `7`. */
export interface AttachPart extends Node {
	/** Text with quotes and their escapes removed; wildcards and parameters untouched. */
	readonly text: string;
	/** True where the whole part was written in quotes: nothing in it is then a wildcard or a parameter. */
	readonly quoted: boolean;
	/** As written, quotes included. */
	readonly raw: string;
}

export interface Name extends Node {
	readonly kind: "name";
	readonly text: string;
}

/** `{ …; value }`: `value` is a last expression without `;`, which only block expressions and macros may use. */
export interface Block extends Node {
	readonly statements: readonly Statement[];
	readonly value: Expression | undefined;
}

export type Statement =
	| ExpressionStatement
	| LetStatement
	| AssignStatement
	| IfStatement
	| WhileStatement
	| UnrollStatement
	| ForStatement
	| JumpStatement
	| BlockStatement
	| Import;

export interface ExpressionStatement extends Node {
	readonly kind: "expression-statement";
	readonly expression: Expression;
}

/** `let $x: type = value;` both optional. */
export interface LetStatement extends Node {
	readonly kind: "let";
	readonly variable: Variable;
	readonly type: TypeExpression | undefined;
	readonly value: Expression | undefined;
}

export type AssignOperator =
	| "="
	| "+="
	| "-="
	| "*="
	| "/="
	| "%="
	| "&="
	| "|="
	| "^="
	| "<<="
	| ">>=";

/** Assignment to a variable, a map cell, or `_` (discard). */
export interface AssignStatement extends Node {
	readonly kind: "assign";
	readonly target: Variable | MapAccess | Discard;
	readonly operator: AssignOperator;
	readonly value: Expression;
}

export interface Discard extends Node {
	readonly kind: "discard";
}

export interface IfStatement extends Node {
	readonly kind: "if";
	/** `if comptime c` (also `comptime if (c)`): `c`, which is `condition`, must be known when compiling. */
	readonly comptime: boolean;
	readonly condition: Expression;
	readonly then: Block;
	/** `else if` is a block of one `if` statement with `elseIf` true, so that it prints back the same. */
	readonly else: Block | undefined;
	readonly elseIf: boolean;
}

export interface WhileStatement extends Node {
	readonly kind: "while";
	readonly condition: Expression;
	readonly body: Block;
}

export interface UnrollStatement extends Node {
	readonly kind: "unroll";
	readonly count: Expression;
	readonly body: Block;
}

/** `for ($x : @map)` or `for ($i : from..to)` (`to` not included). */
export interface ForStatement extends Node {
	readonly kind: "for";
	readonly variable: Variable;
	readonly over: MapAccess | Range;
	readonly body: Block;
}

export interface Range extends Node {
	readonly kind: "range";
	readonly from: Expression;
	readonly to: Expression;
}

/** `return` may carry a value. */
export interface JumpStatement extends Node {
	readonly kind: "return" | "break" | "continue";
	readonly value: Expression | undefined;
}

export interface BlockStatement extends Node {
	readonly kind: "block-statement";
	readonly block: Block;
}

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
	/** Escapes resolved. Bytes above 0x7f given by \x or octal escapes stand as the char of that code (latin1). */
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
 * `sizeof(expression)` or `sizeof(type)`. A bare word that is no known type name (`sizeof(u64)`) is an `Identifier`
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

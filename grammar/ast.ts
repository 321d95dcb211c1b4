// The syntax tree, from the script down to its statements; ast-expressions.ts has the rest. It is what the parser builds,
// the formatter prints, and the semantic stage reads: plain data with spans.
// Nothing here is resolved: names are names, types are written types, macros are not expanded.
import type { Span } from "../src/base/source.ts";
import type {
	BooleanLiteral,
	Expression,
	IntegerLiteral,
	MapAccess,
	StringLiteral,
	TypeExpression,
	Variable,
} from "./ast-expressions.ts";

export type * from "./ast-expressions.ts";

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

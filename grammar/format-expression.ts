// Expressions and types as text. Parentheses stand where the tree needs them and nowhere else.
import type {
	Expression,
	NamedType,
	RecordExpression,
	TypeExpression,
	TypeofExpression,
} from "./ast.ts";
import { binaryPrecedence, strength } from "./operators.ts";
import { isTypeName } from "./type-names.ts";

/** What printing an expression needs from the printer of statements: blocks may stand in expressions. */
export interface ExpressionPrinter {
	/** The text of a block or an `if`, its first line without indentation. */
	readonly braced: (expression: Expression) => string;
}

/** The text of an expression; in parentheses if it binds less than `least`. */
export function expressionText(
	printer: ExpressionPrinter,
	expression: Expression,
	least = strength.ternary,
): string {
	const text = bareText(printer, expression);
	const loose = strengthOf(expression) < least;
	return loose ? `(${text})` : text;
}

function strengthOf(expression: Expression): number {
	switch (expression.kind) {
		case "ternary":
		case "block":
		case "if-expression":
			return strength.ternary;
		case "binary":
			return binaryPrecedence[expression.operator];
		case "unary":
		case "cast":
		case "comptime":
			return strength.unary;
		case "update":
			return expression.prefix ? strength.unary : strength.postfix;
		default:
			return strength.primary;
	}
}

function bareText(printer: ExpressionPrinter, e: Expression): string {
	switch (e.kind) {
		case "integer":
		case "string":
			return e.text;
		case "boolean":
			return String(e.value);
		case "identifier":
			return e.name;
		case "parameter":
			return `$${e.index}`;
		case "parameter-count":
			return "$#";
		case "variable":
			return `$${e.name}`;
		case "map":
			return `@${e.name}${e.keys.length > 0 ? `[${list(printer, e.keys)}]` : ""}`;
		case "tuple":
			return `(${list(printer, e.elements)}${e.elements.length === 1 ? "," : ""})`;
		case "record":
			return recordText(printer, e);
		case "block":
		case "if-expression":
			return printer.braced(e);
		case "call":
			return `${e.callee.text}${e.bang ? "!" : ""}(${list(printer, e.args)})`;
		case "sizeof":
		case "typeinfo":
		case "typeof":
			return `${e.kind}(${typeOperandText(printer, e.operand)})`;
		case "offsetof": {
			const path = e.path.map((name) => name.text).join(".");
			return `offsetof(${typeOperandText(printer, e.operand)}, ${path})`;
		}
		default:
			return compoundText(printer, e);
	}
}

function recordText(printer: ExpressionPrinter, e: RecordExpression): string {
	const fields = e.fields.map(
		({ name, value }) => `${name.text} = ${expressionText(printer, value)}`,
	);
	return `(${fields.join(", ")})`;
}

type Compound = Extract<
	Expression,
	{
		kind:
			| "unary"
			| "update"
			| "binary"
			| "ternary"
			| "field"
			| "tuple-access"
			| "index"
			| "cast"
			| "comptime";
	}
>;

function compoundText(printer: ExpressionPrinter, e: Compound): string {
	const text = (inner: Expression, least?: number) =>
		expressionText(printer, inner, least);
	switch (e.kind) {
		case "unary":
			return prefix(e.operator, text(e.operand, strength.unary));
		case "update":
			return e.prefix
				? prefix(e.operator, text(e.operand, strength.unary))
				: text(e.operand, strength.postfix) + e.operator;
		case "comptime":
			return `comptime ${text(e.operand, strength.unary)}`;
		case "binary": {
			const own = binaryPrecedence[e.operator];
			return `${text(e.left, own)} ${e.operator} ${text(e.right, own + 1)}`;
		}
		case "ternary": {
			const condition = text(e.condition, strength.ternary + 1);
			const then = e.then ? ` ? ${text(e.then)} : ` : " ?: ";
			return `${condition}${then}${text(e.else)}`;
		}
		case "field":
			return `${text(e.object, strength.postfix)}${e.arrow ? "->" : "."}${e.field.text}`;
		case "tuple-access":
			return `${text(e.object, strength.postfix)}.${e.index}`;
		case "index":
			return `${indexedText(printer, e.object)}[${text(e.index)}]`;
		case "cast":
			return castText(printer, e.type, text(e.operand, strength.unary));
	}
}

/** `-` before `-x` must not become `--x`. */
function prefix(operator: string, operand: string): string {
	const clash = operand.startsWith(operator.slice(-1)) && operator !== "*";
	return `${operator}${clash ? " " : ""}${operand}`;
}

/** `(@x)[1]` is an element of what `@x` holds; without parentheses `1` would be a key. */
function indexedText(printer: ExpressionPrinter, object: Expression): string {
	const text = expressionText(printer, object, strength.postfix);
	return object.kind === "map" && object.keys.length === 0 ? `(${text})` : text;
}

/** `(x)-1` is a difference unless `x` can only be a type. */
function castText(
	printer: ExpressionPrinter,
	type: TypeExpression,
	operand: string,
): string {
	const named = type.base.kind === "named-type" ? type.base : undefined;
	const certain =
		type.pointers > 0 || named?.tag !== undefined || named === undefined;
	const safe = certain || isTypeName(named?.name ?? "");
	const signed = /^[-+*&]/.test(operand);
	return `(${typeText(printer, type)})${signed && !safe ? `(${operand})` : operand}`;
}

function list(
	printer: ExpressionPrinter,
	elements: readonly (Expression | TypeExpression)[],
): string {
	return elements
		.map((element) =>
			element.kind === "type"
				? typeText(printer, element)
				: expressionText(printer, element),
		)
		.join(", ");
}

/** Where a type may stand too, an expression that reads like a type is put into parentheses. */
function typeOperandText(
	printer: ExpressionPrinter,
	operand: Expression | TypeExpression,
): string {
	if (operand.kind === "type") return typeText(printer, operand);
	const text = expressionText(printer, operand);
	const array = /^\w+(?:\[\d\w*\])+$/.test(text);
	const named = operand.kind === "identifier" && isTypeName(operand.name);
	const like = array || named || operand.kind === "typeof";
	return like ? `(${text})` : text;
}

export function typeText(
	printer: ExpressionPrinter,
	type: TypeExpression,
): string {
	const stars = type.pointers > 0 ? ` ${"*".repeat(type.pointers)}` : "";
	const sizes = type.dimensions.map((size) => `[${size ?? ""}]`).join("");
	return `${baseText(printer, type.base)}${stars}${sizes}`;
}

function baseText(
	printer: ExpressionPrinter,
	base: TypeExpression["base"],
): string {
	switch (base.kind) {
		case "named-type":
			return namedText(base);
		case "typeof":
			return typeofText(printer, base);
		case "tuple-type":
			return `(${list(printer, base.elements)})`;
		case "type":
			return typeText(printer, base);
	}
}

function namedText(type: NamedType): string {
	return type.tag ? `${type.tag} ${type.name}` : type.name;
}

function typeofText(printer: ExpressionPrinter, e: TypeofExpression): string {
	return `typeof(${typeOperandText(printer, e.operand)})`;
}

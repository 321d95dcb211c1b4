// Checking expressions: AST in, typed IR out. One function per kind of node; this file only holds the table.
import type { Expression } from "../../grammar/ast.ts";
import { checkField, checkTupleAccess } from "./access.ts";
import { boolean, integer, integerOf, string, unknown } from "./build.ts";
import { checkCall } from "./calls.ts";
import { checkCast } from "./casts.ts";
import { checkTernary } from "./choose.ts";
import { type Context, report, unresolved } from "./context.ts";
import {
	checkBlockExpression,
	checkComptime,
	checkIfExpression,
	checkOffsetof,
	checkSizeof,
	checkTypeAsValue,
} from "./forms.ts";
import { checkAddressOf, checkDereference, checkIndex } from "./indirection.ts";
import type { IrExpr } from "./ir.ts";
import { checkKept } from "./kept.ts";
import {
	checkIdentifier,
	checkMapRead,
	checkParameter,
	checkVariable,
} from "./names.ts";
import { checkBinary, checkUnary } from "./operators.ts";
import { checkTypeinfo } from "./typeinfo.ts";
import { checkUpdate } from "./update.ts";

type Checkers = {
	readonly [K in Expression["kind"]]: (
		cx: Context,
		node: Extract<Expression, { kind: K }>,
	) => IrExpr;
};

const checkers: Checkers = {
	integer: (_, node) =>
		node.duration
			? integerOf(
					node.value,
					{ kind: "int", size: 8, signed: false },
					node.span,
				)
			: integer(node.value, node.span, node.unsigned),
	string: (_, node) => string(node.value, node.span),
	boolean: (_, node) => boolean(node.value, node.span),
	identifier: checkIdentifier,
	parameter: checkParameter,
	"parameter-count": (cx, node) =>
		integer(BigInt(cx.script.environment.parameters.length), node.span),
	variable: checkVariable,
	map: checkMapRead,
	unary: (cx, node) =>
		node.operator === "*"
			? checkDereference(cx, node)
			: node.operator === "&"
				? checkAddressOf(cx, node)
				: checkUnary(cx, node),
	update: checkUpdate,
	binary: checkBinary,
	ternary: checkTernary,
	call: checkCall,
	field: checkField,
	"tuple-access": checkTupleAccess,
	index: checkIndex,
	cast: checkCast,
	tuple: checkTuple,
	record: checkRecord,
	block: checkBlockExpression,
	"if-expression": checkIfExpression,
	sizeof: checkSizeof,
	offsetof: checkOffsetof,
	typeof: checkTypeAsValue,
	typeinfo: checkTypeinfo,
	comptime: checkComptime,
};

export function checkExpression(cx: Context, node: Expression): IrExpr {
	// The table pairs each kind with its own checker; TypeScript can't see that across the look-up.
	const check = checkers[node.kind] as (
		cx: Context,
		node: Expression,
	) => IrExpr;
	return check(cx, node);
}

/** An expression whose value is needed: reports calls that give none. */
export function checkValue(cx: Context, node: Expression): IrExpr {
	const value = checkExpression(cx, node);
	if (value.type === unresolved || value.type.kind !== "void") return value;
	const block = value.kind === "block-expression";
	report(cx, "E0237", {}, value.span, {
		...(block && { help: "a block gives its last expression, without a ;" }),
	});
	return unknown(node.span);
}

function checkTuple(
	cx: Context,
	node: Extract<Expression, { kind: "tuple" }>,
): IrExpr {
	const elements = node.elements.map((e) => checkKept(cx, e));
	if (elements.some((e) => e.type === unresolved)) return unknown(node.span);
	return {
		kind: "tuple",
		elements,
		type: { kind: "tuple", elements: elements.map((e) => e.type) },
		span: node.span,
	};
}

function checkRecord(
	cx: Context,
	node: Extract<Expression, { kind: "record" }>,
): IrExpr {
	const elements = node.fields.map((f) => checkKept(cx, f.value));
	if (elements.some((e) => e.type === unresolved)) return unknown(node.span);
	const fields = node.fields.map((f, i) => ({
		name: f.name.text,
		type: elements[i]?.type ?? unresolved,
	}));
	return {
		kind: "tuple",
		elements,
		type: { kind: "record", fields },
		span: node.span,
	};
}

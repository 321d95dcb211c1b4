// Checking statements and blocks.
import type {
	AssignStatement,
	Block,
	Expression,
	IfStatement,
	LetStatement,
	Statement,
} from "../../grammar/ast.ts";
import type { Span } from "../base/source.ts";
import { builtinNamed } from "../builtins/index.ts";
import { voidType } from "../types/types.ts";
import { assignMap, assignVariable } from "./assign.ts";
import { unknown } from "./build.ts";
import { type Context, innerScope, report, unresolved } from "./context.ts";
import { checkDead, decided, warnOfUnreached } from "./dead-code.ts";
import { checkExpression, checkValue } from "./expressions.ts";
import type { IrBlock, IrExpr, IrStatement } from "./ir.ts";
import { checkFor, checkJump, checkReturn, checkUnroll } from "./loops.ts";
import { checkCondition } from "./operators.ts";
import {
	assignedVariable,
	declareVariable,
	findVariable,
} from "./variables.ts";
import { resolveType } from "./written-types.ts";

/** The node of that kind; `return`, `break` and `continue` share one. */
type Of<K, S = Statement> = S extends { readonly kind: infer Kinds }
	? K extends Kinds
		? S
		: never
	: never;
type Checkers = {
	readonly [K in Statement["kind"]]: (
		cx: Context,
		node: Of<K>,
	) => readonly IrStatement[];
};

const checkers: Checkers = {
	"expression-statement": (cx, node) =>
		expressionStatement(cx, node.expression),
	let: checkLet,
	assign: checkAssign,
	if: checkIf,
	while: (cx, node) => {
		const condition = checkCondition(cx, checkValue(cx, node.condition));
		const body = checkBlock(innerScope(cx, node.body.span, true), node.body);
		return condition.type === unresolved
			? []
			: [{ kind: "while", span: node.span, condition, body }];
	},
	unroll: checkUnroll,
	for: checkFor,
	return: checkReturn,
	break: checkJump,
	continue: checkJump,
	"block-statement": (cx, node) => [
		{
			kind: "block",
			span: node.span,
			block: checkBlock(innerScope(cx, node.span), node.block),
		},
	],
	// What it brings has become part of the script.
	import: () => [],
};

export function checkStatement(
	cx: Context,
	node: Statement,
): readonly IrStatement[] {
	// The table pairs each kind with its own checker; TypeScript can't see that across the look-up.
	const check = checkers[node.kind] as (
		cx: Context,
		node: Statement,
	) => readonly IrStatement[];
	return check(cx, node);
}

/** A block whose value, if it has one, is thrown away. The caller opens the scope. */
export function checkBlock(cx: Context, block: Block): IrBlock {
	warnOfUnreached(cx, block);
	const statements = block.statements.flatMap((s) => checkStatement(cx, s));
	if (block.value) statements.push(...expressionStatement(cx, block.value));
	return { statements };
}

/** A block used as a value: macro bodies and block expressions. The caller opens the scope. */
export function checkValueBlock(cx: Context, block: Block, span: Span): IrExpr {
	warnOfUnreached(cx, block);
	const statements = block.statements.flatMap((s) => checkStatement(cx, s));
	const value = block.value && checkExpression(cx, block.value);
	if (value?.type === unresolved) return unknown(span);
	if (value && statements.length === 0) return value;
	return {
		kind: "block-expression",
		block: { statements },
		value,
		type: value?.type ?? voidType,
		span,
	};
}

function expressionStatement(
	cx: Context,
	node: Expression,
): readonly IrStatement[] {
	const expression = checkExpression(cx, node);
	if (expression.type === unresolved) return [];
	if (isIdle(expression) && !declaresOption(node))
		cx.script.diagnostics.report("W0201", {}, { span: node.span });
	return [{ kind: "expression", span: node.span, expression }];
}

/** `getopt("m", …);` on its own says that there is such an option. */
function declaresOption(node: Expression): boolean {
	return (
		node.kind === "call" && builtinNamed(node.callee.text)?.option !== undefined
	);
}

/** True for what does nothing but give a value. */
function isIdle(expression: IrExpr): boolean {
	const { kind } = expression;
	if (kind === "call")
		return ["context", "data", "symbols"].includes(expression.builtin.group);
	return ![
		"update",
		"block-expression",
		"ternary",
		"function-call",
		"library-call",
		"logical",
	].includes(kind);
}

function checkLet(cx: Context, node: LetStatement): readonly IrStatement[] {
	const shadowed = findVariable(cx, node.variable.name);
	if (shadowed && cx.scope.names.has(node.variable.name)) {
		report(
			cx,
			"E0233",
			{ name: `$${node.variable.name}` },
			node.variable.span,
			{
				notes: [{ text: "declared before", span: shadowed.span }],
			},
		);
		return [];
	}
	const value = node.value && checkValue(cx, node.value);
	const written = node.type && resolveType(cx, node.type);
	if (node.type && !written) return [];
	const open =
		!written ||
		written === unresolved ||
		((written.kind === "string" || written.kind === "buffer") &&
			written.size === 0);
	const slot = declareVariable(
		cx,
		node.variable,
		open ? unresolved : written,
		!open,
	);
	if (!value)
		return slot.type === unresolved
			? []
			: [{ kind: "declare", span: node.span, slot }];
	return assignVariable(cx, slot, value, node.span);
}

function checkAssign(
	cx: Context,
	node: AssignStatement,
): readonly IrStatement[] {
	const target = node.target;
	if (target.kind === "discard") {
		const expression = checkExpression(cx, node.value);
		return expression.type === unresolved
			? []
			: [{ kind: "expression", span: node.span, expression }];
	}
	return assignTo(cx, node, target);
}

function assignTo(
	cx: Context,
	node: AssignStatement,
	target: Exclude<AssignStatement["target"], { kind: "discard" }>,
): readonly IrStatement[] {
	if (target.kind === "map") return assignMap(cx, node, target);
	const value = compound(cx, node, target);
	const slot = assignedVariable(cx, target);
	return assignVariable(cx, slot, value, node.span);
}

/** `x op= v` is `x = x op v`. */
export function compound(
	cx: Context,
	node: AssignStatement,
	target: Expression,
): IrExpr {
	if (node.operator === "=") return checkValue(cx, node.value);
	const operator = node.operator.slice(0, -1) as "+";
	return checkExpression(cx, {
		kind: "binary",
		operator,
		operatorSpan: node.span,
		left: target,
		right: node.value,
		span: node.span,
	});
}

function checkBranch(cx: Context, block: Block, reached: boolean): IrBlock {
	const inner = innerScope(cx, block.span);
	return checkBlock({ ...inner, reached: cx.reached && reached }, block);
}

function checkIf(cx: Context, node: IfStatement): readonly IrStatement[] {
	const checked = checkValue(cx, node.condition);
	const known = knownCondition(cx, node, checked);
	if (known === "wrong") return [];
	if (known !== undefined) {
		const [chosen, other] = known
			? [node.then, node.else]
			: [node.else, node.then];
		if (other) checkDead(cx.script, () => checkBranch(cx, other, false));
		if (!chosen) return [];
		const block = checkBranch(cx, chosen, true);
		return [{ kind: "block", span: node.span, block }];
	}
	const condition = checkCondition(cx, checked);
	const then = checkBranch(cx, node.then, condition.constant !== false);
	const otherwise =
		node.else && checkBranch(cx, node.else, condition.constant !== true);
	if (condition.type === unresolved) return [];
	return [{ kind: "if", span: node.span, condition, then, else: otherwise }];
}

/** Whether an `if` is decided when compiling, and how: `if comptime` has to be. */
export function knownCondition(
	cx: Context,
	node: Pick<IfStatement, "comptime" | "condition">,
	condition: IrExpr,
): boolean | "wrong" | undefined {
	const comptime = node.comptime || node.condition.kind === "comptime";
	if (!comptime || condition.type === unresolved)
		return decided(node.condition, condition);
	const { constant } = condition;
	if (typeof constant === "boolean" || typeof constant === "bigint")
		return Boolean(constant);
	report(cx, "E0231", {}, node.condition.span);
	return "wrong";
}

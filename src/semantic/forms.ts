// Expressions that are answered when compiling, and blocks used as values.
import type {
	Block,
	BlockExpression,
	ComptimeExpression,
	Expression,
	IfExpression,
	Name,
	OffsetofExpression,
	SizeofExpression,
	TypeofExpression,
} from "../../grammar/ast.ts";
import { sizeOf } from "../types/layout.ts";
import { typeName } from "../types/type-name.ts";
import { uint64 } from "../types/types.ts";
import { findMember, reportNoMember } from "./access.ts";
import { integerOf, unknown } from "./build.ts";
import { choose } from "./choose.ts";
import { type Context, innerScope, report, unresolved } from "./context.ts";
import { checkDead } from "./dead-code.ts";
import { checkValue } from "./expressions.ts";
import type { IrExpr } from "./ir.ts";
import { checkValueBlock, knownCondition } from "./statements.ts";
import { typeOfOperand } from "./written-types.ts";

export function checkSizeof(cx: Context, node: SizeofExpression): IrExpr {
	const type = typeOfOperand(cx, node.operand);
	if (!type || type === unresolved) return unknown(node.span);
	const size = isEnumerator(cx, node.operand) ? 8 : sizeOf(type);
	return integerOf(BigInt(size), uint64, node.span);
}

/** One of an enum's names stands for a number of 64 bits; what the enum itself takes in memory is for C to say. */
function isEnumerator(
	cx: Context,
	operand: SizeofExpression["operand"],
): boolean {
	if (operand.kind !== "identifier" || cx.frame.expressions.has(operand.name))
		return false;
	return (
		cx.script.environment.types.constant(operand.name)?.type.kind === "enum"
	);
}

export function checkOffsetof(cx: Context, node: OffsetofExpression): IrExpr {
	let type = typeOfOperand(cx, node.operand);
	if (!type || type === unresolved) return unknown(node.span);
	if (type.kind === "pointer") type = type.to;
	let offset = 0;
	for (const name of memberPath(cx, node.path)) {
		if (type.kind !== "struct" && type.kind !== "union") {
			report(
				cx,
				"E0210",
				{ field: name.text, type: typeName(type) },
				name.span,
			);
			return unknown(node.span);
		}
		const found = findMember(cx, type, name.text);
		if (!found) {
			reportNoMember(cx, type, name.text, name.span);
			return unknown(node.span);
		}
		offset += found.offset;
		type = found.member.type;
	}
	return integerOf(BigInt(offset), uint64, node.span);
}

/** A macro's parameter in the path stands for the member, or members, that the caller wrote. */
function memberPath(cx: Context, path: readonly Name[]): readonly Name[] {
	return path.flatMap((name) => {
		const parameter = cx.frame.expressions.get(name.text);
		const names = parameter && chainOf(parameter.expression);
		return parameter && names ? memberPath(parameter.context, names) : [name];
	});
}

/** `a.b.c` as its names; undefined for anything else. */
function chainOf(node: Expression): readonly Name[] | undefined {
	if (node.kind === "identifier")
		return [{ kind: "name", text: node.name, span: node.span }];
	const before = node.kind === "field" ? chainOf(node.object) : undefined;
	return node.kind === "field" && before ? [...before, node.field] : undefined;
}

/** `typeof` only makes sense where a type is asked for. */
export function checkTypeAsValue(cx: Context, node: TypeofExpression): IrExpr {
	report(cx, "E0230", { form: node.kind }, node.span);
	return unknown(node.span);
}

export function checkComptime(cx: Context, node: ComptimeExpression): IrExpr {
	const value = checkValue(cx, node.operand);
	if (value.type !== unresolved && value.constant === undefined)
		report(cx, "E0231", {}, node.operand.span);
	return value;
}

export function checkBlockExpression(
	cx: Context,
	node: BlockExpression,
): IrExpr {
	return checkValueBlock(innerScope(cx, node.span), node.block, node.span);
}

export function checkIfExpression(cx: Context, node: IfExpression): IrExpr {
	const condition = checkValue(cx, node.condition);
	const known = knownCondition(cx, node, condition);
	if (known === "wrong") return unknown(node.span);
	if (known !== undefined && (node.else || node.comptime)) {
		const [chosen, other] = known
			? [node.then, node.else]
			: [node.else, node.then];
		const check = (block: Block) =>
			checkValueBlock(innerScope(cx, block.span), block, node.span);
		if (other) checkDead(cx.script, () => check(other));
		return chosen ? check(chosen) : unknown(node.span);
	}
	const then = checkValueBlock(
		innerScope(cx, node.then.span),
		node.then,
		node.span,
	);
	if (!node.else) {
		report(cx, "E0232", {}, node.span);
		return unknown(node.span);
	}
	const otherwise = checkValueBlock(
		innerScope(cx, node.else.span),
		node.else,
		node.span,
	);
	return choose(cx, condition, then, otherwise, node.span);
}

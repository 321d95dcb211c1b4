// `@x[key] = count()` and its like: the aggregation stands alone to the right of `=`, or as the value of a block or a
// macro there.
import type {
	AssignStatement,
	Block,
	CallExpression,
	Expression,
	MapAccess,
} from "../../grammar/ast.ts";
import type { BuiltinDefinition } from "../builtins/definition.ts";
import { builtinNamed } from "../builtins/index.ts";
import { callBuiltin } from "./calls.ts";
import { type Context, innerScope, type MapEntry } from "./context.ts";
import type { IrExpr, IrStatement } from "./ir.ts";
import { enterMacro, macroFor } from "./macros.ts";
import { entryAsTyped, mapEntry, noteWritten, useValue } from "./maps.ts";
import { checkKeys } from "./names.ts";
import { checkStatement } from "./statements.ts";

/** The statements of an aggregation, or undefined where none is assigned. */
export function checkAggregation(
	cx: Context,
	node: AssignStatement,
	target: MapAccess,
): readonly IrStatement[] | undefined {
	if (node.operator !== "=" || !endsInAggregation(cx, node.value, []))
		return undefined;
	const entry = mapEntry(cx, target);
	const key = checkKeys(cx, entry, target);
	noteWritten(cx, entry);
	return goThrough(cx, node.value, (inner, builtin, call) =>
		key === null ? [] : update(inner, node, entry, key, builtin, call),
	);
}

/** Told by syntax alone. `seen`: bodies of macros, which may call themselves; that is told where they are called. */
function endsInAggregation(
	cx: Context,
	value: Expression,
	seen: readonly Block[],
): boolean {
	if (value.kind === "block")
		return lastOf(value.block, (e) => endsInAggregation(cx, e, seen));
	if (value.kind !== "call") return false;
	const body = macroFor(cx, value.callee.text, value.args)?.body;
	if (!body) return builtinNamed(value.callee.text)?.aggregate !== undefined;
	return (
		!seen.includes(body) &&
		lastOf(body, (e) => endsInAggregation(cx, e, [...seen, body]))
	);
}

function lastOf(block: Block, test: (value: Expression) => boolean): boolean {
	return block.value !== undefined && test(block.value);
}

type Update = (
	cx: Context,
	builtin: BuiltinDefinition,
	call: CallExpression,
) => readonly IrStatement[];

/** Checks the statements of the blocks around an aggregation, each in its scope, and the aggregation in the innermost. */
function goThrough(
	cx: Context,
	value: Expression,
	finish: Update,
): readonly IrStatement[] {
	if (value.kind === "block")
		return inBlock(innerScope(cx, value.span), value.block, value, finish);
	if (value.kind !== "call") return [];
	const macro = macroFor(cx, value.callee.text, value.args);
	if (!macro) {
		const builtin = builtinNamed(value.callee.text);
		return builtin ? finish(cx, builtin, value) : [];
	}
	const inner = enterMacro(cx, macro, value.args, value.span);
	return inner ? inBlock(inner, macro.body, value, finish) : [];
}

function inBlock(
	cx: Context,
	block: Block,
	{ span }: Expression,
	finish: Update,
): readonly IrStatement[] {
	const before = block.statements.flatMap((s) => checkStatement(cx, s));
	const last = block.value ? goThrough(cx, block.value, finish) : [];
	const statements = [...before, ...last];
	return [{ kind: "block", span, block: { statements } }];
}

function update(
	cx: Context,
	node: AssignStatement,
	entry: MapEntry,
	key: IrExpr | undefined,
	builtin: BuiltinDefinition,
	call: CallExpression,
): readonly IrStatement[] {
	const name = call.callee.text;
	const checked = callBuiltin(cx, builtin, call.args, name, call.span);
	if (checked.kind !== "call" || checked.type.kind !== "aggregate") return [];
	useValue(cx, entry, checked.type, call.span);
	const type = entry.value;
	if (type.kind !== "aggregate" || type.name !== checked.type.name) return [];
	return [
		{
			kind: "aggregate",
			span: node.span,
			map: entryAsTyped(entry),
			type,
			key,
			builtin,
			args: checked.args,
		},
	];
}

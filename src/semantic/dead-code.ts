// What is known when compiling never to run: the other branch of a constant condition, probes with a constant false
// predicate, probes that this machine lacks. Nobody is told what is wrong there: it may well be due to what else this
// kernel lacks. It is looked at only for the types of maps that nothing else sets, so that the rest may read them.
import type { Block, Expression, Probe, Statement } from "../../grammar/ast.ts";
import { Diagnostics } from "../base/diagnostics.ts";
import { builtinNamed } from "../builtins/index.ts";
import { uint64 } from "../types/types.ts";
import {
	type Context,
	type MapEntry,
	type ScriptState,
	unresolved,
} from "./context.ts";
import { checkExpression } from "./expressions.ts";
import type { IrExpr } from "./ir.ts";

/** Code that is never run. */
export function checkDead(state: ScriptState, check: () => unknown): void {
	state.hasDead = true;
	if (!state.filling) return;
	const outer = state.inDead ?? false;
	state.inDead = true;
	silently(state, check);
	state.inDead = outer;
}

function silently<T>(state: ScriptState, check: () => T): T {
	const { diagnostics, consequences, needs } = state;
	state.diagnostics = new Diagnostics();
	state.consequences = new Diagnostics();
	state.needs = new Set();
	const value = check();
	state.diagnostics = diagnostics;
	state.consequences = consequences;
	state.needs = needs;
	return value;
}

/** Says of what stands right behind the end of its block's run that nothing comes to it. */
export function warnOfUnreached(cx: Context, block: Block): void {
	const { statements, value } = block;
	const last = statements.findIndex(leavesBlock);
	const next = last < 0 ? undefined : (statements[last + 1] ?? value);
	if (next) cx.script.diagnostics.report("W0205", {}, { span: next.span });
}

function leavesBlock(node: Statement): boolean {
	if (node.kind !== "expression-statement")
		return ["return", "break", "continue"].includes(node.kind);
	const { expression } = node;
	return (
		expression.kind === "call" &&
		builtinNamed(expression.callee.text)?.endsRun === true
	);
}

/**
 * Maps that only dead code sets may hold anything: they stay empty. Where there are such, what live code makes of their
 * values is known once they are.
 */
export function fillIn(state: ScriptState): void {
	const open = [...state.maps.values()].filter(isOpen);
	const deadAlone = open.filter(({ writtenLive }) => !writtenLive);
	for (const entry of deadAlone.length > 0 ? deadAlone : open) {
		if (entry.value === unresolved) entry.value = uint64;
		if (lacksKey(entry)) entry.key = uint64;
		state.changed = true;
	}
}

const lacksKey = ({ isScalar, key }: MapEntry): boolean =>
	isScalar === false && key === undefined;

const isOpen = (entry: MapEntry): boolean =>
	entry.written && (entry.value === unresolved || lacksKey(entry));

/** What a condition comes to where the script asks something that is known when compiling; a bare literal is no question. */
export function decided(
	node: Expression,
	condition: IrExpr,
): boolean | undefined {
	if (node.kind === "boolean" || node.kind === "integer") return undefined;
	return truth(condition);
}

function truth({ constant, type }: IrExpr): boolean | undefined {
	if (constant === undefined || type === unresolved) return undefined;
	return constant !== "" && Boolean(constant);
}

/**
 * Probes whose predicates are false whatever happens: they are not attached, and this kernel need not have them. None
 * where that goes for all, since a script without any probe is nothing.
 */
export function unwantedProbes(
	probes: readonly Probe[],
	cx: Context,
): ReadonlySet<Probe> {
	const unwanted = probes.filter(
		({ predicate }) => predicate && isFalse(cx, predicate),
	);
	return new Set(unwanted.length < probes.length ? unwanted : []);
}

function isFalse(cx: Context, node: Expression): boolean {
	if (node.kind === "binary" && node.operator === "&&")
		return isFalse(cx, node.left) || isFalse(cx, node.right);
	return silently(cx.script, () => truth(checkExpression(cx, node))) === false;
}

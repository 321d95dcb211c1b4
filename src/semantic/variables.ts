// Variables of a program: block scopes, macro frames, and the widening of types by what is assigned.
import type { Variable } from "../../grammar/ast.ts";
import type { Span } from "../base/source.ts";
import { nearestName } from "../base/suggest.ts";
import { typeName } from "../types/type-name.ts";
import type { Type } from "../types/types.ts";
import { sameType } from "../types/types.ts";
import {
	type Context,
	report,
	type Scope,
	type Slot,
	unresolved,
} from "./context.ts";
import { joinTypes, settled } from "./type-join.ts";
import { noteWidening } from "./widening.ts";

/** The variable of that name seen from here, or undefined. */
export function findVariable(cx: Context, name: string): Slot | undefined {
	for (let scope: Scope | undefined = cx.scope; scope; scope = scope.outer) {
		const slot = scope.names.get(name);
		if (slot) return slot;
	}
	return cx.frame.variables.get(name);
}

/** The variable of that name; reports and gives undefined where there is none. */
export function useVariable(cx: Context, node: Variable): Slot | undefined {
	const slot = findVariable(cx, node.name);
	if (slot) {
		const first = cx.program.outliving.get(node.name) === node.span;
		if (first && !cx.frame.macro)
			report(cx, "W0206", { name: `$${node.name}` }, node.span);
		return slot;
	}
	if (letOutlive(cx, node)) return undefined;
	report(cx, "E0201", { name: `$${node.name}` }, node.span, {
		help: absentHelp(cx, node),
	});
	return undefined;
}

/**
 * Once, all variables lived as long as their program, and scripts from then assign in one block and use in another. Where
 * such a use is found, the next pass makes the variable for the whole program. False where none was assigned before.
 */
function letOutlive(cx: Context, node: Variable): boolean {
	const { slots, outliving } = cx.program;
	if (cx.frame.macro || outliving.has(node.name)) return false;
	const hidden = [...slots].filter(
		([, slot]) => slot.implicit && slot.name === node.name,
	);
	if (!hidden.some(([, { span }]) => span.start < node.span.start))
		return false;
	for (const [key] of hidden) slots.delete(key);
	outliving.set(node.name, node.span);
	cx.script.changed = true;
	return true;
}

/** The variable that an assignment means: a new one of the block, if there is none. */
export function assignedVariable(cx: Context, node: Variable): Slot {
	const known = findVariable(cx, node.name);
	if (known) return known;
	const outlives = !cx.frame.macro && cx.program.outliving.has(node.name);
	const slot = declareVariable(outlives ? outerScope(cx) : cx, node);
	slot.implicit = true;
	return slot;
}

function outerScope(cx: Context): Context {
	let { scope } = cx;
	while (scope.outer) scope = scope.outer;
	return { ...cx, scope };
}

function absentHelp(cx: Context, { name, span }: Variable): string {
	const near = nearestName(name, visibleNames(cx));
	if (near) return `did you mean $${near}?`;
	// An assignment like `$x += 1` makes it itself.
	const elsewhere = [...cx.program.slots.values()].find(
		(s) => s.name === name && s.span.start !== span.start,
	);
	if (elsewhere && !cx.frame.macro)
		return `it is known only in the block that assigns it; declare it before that block: let $${name};`;
	return cx.frame.macro
		? "a macro sees only the variables that are passed to it"
		: `assign it first, for example $${name} = 0;`;
}

function* visibleNames(cx: Context): Iterable<string> {
	for (let scope: Scope | undefined = cx.scope; scope; scope = scope.outer)
		yield* scope.names.keys();
	yield* cx.frame.variables.keys();
}

/** Makes a variable in the current block. The same place gives the same slot in every pass. */
export function declareVariable(
	cx: Context,
	node: Variable,
	type: Type = unresolved,
	fixed = false,
): Slot {
	const key = `${cx.scope.id}$${node.name}`;
	let slot = cx.program.slots.get(key);
	if (!slot) {
		slot = {
			symbol: freshSymbol(cx, node.name),
			name: node.name,
			span: node.span,
			type,
			typeSpan: node.span,
			fixed,
			implicit: false,
			assigned: false,
		};
		cx.program.slots.set(key, slot);
	}
	// A type written with typeof() follows what it is the type of.
	if (slot.fixed && !sameType(slot.type, type)) {
		slot.type = type;
		cx.script.changed = true;
	}
	cx.scope.names.set(node.name, slot);
	return slot;
}

function freshSymbol(cx: Context, name: string): string {
	let symbol = `v_${name}`;
	for (let n = 2; cx.program.symbols.has(symbol); n++)
		symbol = `v_${name}_${n}`;
	cx.program.symbols.add(symbol);
	return symbol;
}

/** Widens a variable so that it holds a value of `type`, found at `span`; reports where they do not go together. */
export function assignType(
	cx: Context,
	slot: Slot,
	type: Type,
	span: Span,
): void {
	if (type === unresolved || slot.fixed) return;
	if (slot.type === unresolved) {
		slot.type = type;
		slot.typeSpan = span;
		cx.script.changed = true;
		return;
	}
	const joined = joinTypes(slot.type, type);
	if (!joined) {
		const held = typeName(settled(slot.type));
		report(
			cx,
			"E0202",
			{ what: `$${slot.name}`, held, type: typeName(settled(type)) },
			span,
			{
				notes: [{ text: `first assigned as ${held}`, span: slot.typeSpan }],
				help: "use another variable; one keeps its type from its first value on",
			},
		);
	} else if (!sameType(joined, slot.type)) {
		slot.type = joined;
		noteWidening(cx, `$${slot.name}`, span);
	}
}

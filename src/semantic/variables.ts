// Variables of a program: block scopes, macro frames, and the widening of types by what is assigned.
import type { Variable } from "../../grammar/ast.ts";
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
import { joinTypes } from "./type-join.ts";

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
	if (slot) return slot;
	const near = nearestName(node.name, visibleNames(cx));
	report(cx, "E0201", { name: `$${node.name}` }, node.span, {
		help: near
			? `did you mean $${near}?`
			: `assign it first, for example $${node.name} = 0`,
	});
	return undefined;
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
			fixed,
		};
		cx.program.slots.set(key, slot);
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

/** Widens a variable so that it holds a value of `type`; reports where they do not go together. */
export function assignType(
	cx: Context,
	slot: Slot,
	type: Type,
	node: Variable,
): void {
	if (type === unresolved || slot.fixed) return;
	if (slot.type === unresolved) {
		slot.type = type;
		cx.script.changed = true;
		return;
	}
	const joined = joinTypes(slot.type, type);
	if (!joined) {
		report(
			cx,
			"E0202",
			{
				what: `$${node.name}`,
				held: typeName(slot.type),
				type: typeName(type),
			},
			node.span,
			{
				notes: [
					{ text: `first assigned as ${typeName(slot.type)}`, span: slot.span },
				],
			},
		);
	} else if (!sameType(joined, slot.type)) {
		slot.type = joined;
		cx.script.changed = true;
	}
}

// Maps that are read and never assigned: as in bpftrace they read as 0, and a warning says so.
import type { Script } from "../../grammar/ast.ts";
import { walkTree } from "../../grammar/walk.ts";
import { nearestName } from "../base/suggest.ts";
import { int8 } from "../types/types.ts";
import { type MapEntry, type ScriptState, unresolved } from "./context.ts";

/** Gives them a type once nothing else does; true where there are any, so that another pass is needed. */
export function typeUnassigned(state: ScriptState, script: Script): boolean {
	const unassigned = [...state.maps.values()].filter(
		(entry) => entry.value === unresolved && entry.isRead && !entry.written,
	);
	if (unassigned.length === 0) return false;
	// What is assigned may not have been reached while something in front of it is unknown.
	const assigned = namesAssigned(script);
	const found = unassigned.filter(({ name }) => !assigned.has(name));
	for (const entry of found) {
		entry.value = int8;
		entry.isUnassigned = true;
	}
	return found.length > 0;
}

function namesAssigned(script: Script): ReadonlySet<string> {
	const names = new Set<string>();
	walkTree(script.items, ({ kind, target, operand }) => {
		const place = kind === "assign" ? target : operand;
		if (kind !== "assign" && kind !== "update") return;
		const { kind: what, name } = place as { kind: string; name?: string };
		if (what === "map" && name !== undefined) names.add(name);
	});
	return names;
}

/** For a map that nothing is stored in: what else may be meant. */
export function helpForUnassigned(
	state: ScriptState,
	{ name }: MapEntry,
): string {
	const written = [...state.maps.values()].filter((m) => m.written);
	const near = nearestName(
		name,
		written.map((m) => m.name),
	);
	return near === undefined
		? "assign to it somewhere in the script"
		: `did you mean @${near}?`;
}

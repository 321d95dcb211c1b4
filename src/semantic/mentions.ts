// Which builtins a probe's text mentions, directly or through macros: decides how programs are shared.
import type { Macro, Probe } from "../../grammar/ast.ts";
import { walkTree } from "../../grammar/walk.ts";
import { builtinNamed } from "../builtins/index.ts";
import type { FieldsUsed } from "../probes/definition.ts";

export interface Mentions {
	/** Something whose type hangs on the single probe (`args`, `retval` …). */
	readonly args: boolean;
	/** Something that prints the single probe's name. */
	readonly name: boolean;
	/** Something that wants the kernel's own pointers. */
	readonly trusted: boolean;
	/** A stack. */
	readonly frames: boolean;
	/** Which fields of the event; `all` also where something else of that kind is mentioned. */
	readonly fields: FieldsUsed;
}

export function mentionsOf(
	probe: Probe,
	macros: ReadonlyMap<string, readonly Macro[]>,
): Mentions {
	const names = new Set<string>();
	const trees: unknown[] = [probe.predicate, probe.body];
	for (const tree of trees) collect(tree, names);
	const followed = new Set<string>();
	for (const name of names) {
		if (followed.has(name)) continue;
		followed.add(name);
		// The set grows while it is walked: macros found in macros are followed too.
		for (const macro of macros.get(name) ?? []) {
			trees.push(macro.body);
			collect(macro.body, names);
		}
	}
	const kinds = [...names].map((name) => builtinNamed(name)?.perProbe);
	return {
		args: kinds.includes("args") || kinds.includes("fields"),
		name: kinds.includes("name"),
		trusted: [...names].some((name) => builtinNamed(name)?.trusted),
		frames: kinds.includes("frames"),
		fields: fieldsOf(names, trees),
	};
}

function fieldsOf(
	names: ReadonlySet<string>,
	trees: readonly unknown[],
): FieldsUsed {
	const kinds = [...names].map((name) => builtinNamed(name)?.perProbe);
	const fields = new Set<string>();
	if (kinds.includes("args")) return "all";
	if (!kinds.includes("fields")) return fields;
	const sound = trees.every((tree) => collectFields(tree, fields));
	return sound ? fields : "all";
}

/** Fields of the event in a syntax tree; false where the event is used as a whole. */
function collectFields(node: unknown, fields: Set<string>): boolean {
	if (Array.isArray(node)) return node.every((n) => collectFields(n, fields));
	if (typeof node !== "object" || node === null) return true;
	const record = node as Readonly<Record<string, unknown>>;
	if (record.kind === "field" && hasFields(record.object)) {
		fields.add((record.field as { readonly text: string }).text);
		return true;
	}
	if (hasFields(node)) return false;
	for (const key in record)
		if (key !== "span" && !collectFields(record[key], fields)) return false;
	return true;
}

function hasFields(node: unknown): boolean {
	return (
		typeof node === "object" &&
		node !== null &&
		"kind" in node &&
		node.kind === "identifier" &&
		"name" in node &&
		typeof node.name === "string" &&
		builtinNamed(node.name)?.perProbe === "fields"
	);
}

/** Names of identifiers and calls anywhere in a syntax tree. */
function collect(node: unknown, names: Set<string>): void {
	visitNames(node, (kind, name) => {
		if (kind === "identifier" || kind === "name") names.add(name);
	});
}

/** Bare words in value positions: what may be a constant of the script's C. */
export function bareWords(tree: unknown): string[] {
	const names = new Set<string>();
	visitNames(tree, (kind, name) => {
		if (kind === "identifier") names.add(name);
	});
	return [...names];
}

function visitNames(
	tree: unknown,
	visit: (kind: string, name: string) => void,
): void {
	walkTree(tree, (node) => {
		const name = node.name ?? node.text;
		if (typeof node.kind === "string" && typeof name === "string")
			visit(node.kind, name);
	});
}

// Which builtins a probe's text mentions, directly or through macros: decides how programs are shared.
import type { Macro, Probe } from "../../grammar/ast.ts";
import { builtinNamed } from "../builtins/index.ts";

export interface Mentions {
	/** Something whose type hangs on the single probe (`args`, `retval` …). */
	readonly args: boolean;
	/** Something that prints the single probe's name. */
	readonly name: boolean;
	/** A stack. */
	readonly frames: boolean;
}

export function mentionsOf(
	probe: Probe,
	macros: ReadonlyMap<string, readonly Macro[]>,
): Mentions {
	const names = new Set<string>();
	collect(probe.predicate, names);
	collect(probe.body, names);
	const followed = new Set<string>();
	for (const name of names) {
		if (followed.has(name)) continue;
		followed.add(name);
		// The set grows while it is walked: macros found in macros are followed too.
		for (const macro of macros.get(name) ?? []) collect(macro.body, names);
	}
	const kinds = [...names].map((name) => builtinNamed(name)?.perProbe);
	return {
		args: kinds.includes("args"),
		name: kinds.includes("name"),
		frames: kinds.includes("frames"),
	};
}

/** Names of identifiers and calls anywhere in a syntax tree. */
function collect(node: unknown, names: Set<string>): void {
	walk(node, (kind, name) => {
		if (kind === "identifier" || kind === "name") names.add(name);
	});
}

/** Bare words in value positions: what may be a constant of the script's C. */
export function bareWords(tree: unknown): string[] {
	const names = new Set<string>();
	walk(tree, (kind, name) => {
		if (kind === "identifier") names.add(name);
	});
	return [...names];
}

function walk(
	node: unknown,
	visit: (kind: string, name: string) => void,
): void {
	if (Array.isArray(node)) {
		for (const item of node) walk(item, visit);
		return;
	}
	if (typeof node !== "object" || node === null) return;
	const record = node as Readonly<Record<string, unknown>>;
	const name = record.name ?? record.text;
	if (typeof record.kind === "string" && typeof name === "string") {
		visit(record.kind, name);
	}
	for (const [key, value] of Object.entries(record)) {
		if (key !== "span") walk(value, visit);
	}
}

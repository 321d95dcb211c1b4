// Types of a file's debug information by name. All units are walked at the first question, and only their top levels.
import type { Die, Dies } from "./dies.ts";
import { At, Tag } from "./libdw.ts";

export interface NamedTypes {
	/** `struct NAME`, `union NAME`, `enum NAME` or `typedef NAME`; in C++ with or without its namespaces. */
	find(key: string): Die | undefined;
}

const kinds = new Map<number, string>([
	[Tag.structure, "struct"],
	[Tag.class, "struct"],
	[Tag.union, "union"],
	[Tag.enumeration, "enum"],
	[Tag.typedef, "typedef"],
]);

export function namedTypes(dies: Dies): NamedTypes {
	let known: Map<string, Die> | undefined;
	return {
		find(key) {
			if (known === undefined) {
				known = new Map();
				for (const { full } of dies.units()) collect(dies, full, "", known);
			}
			return known.get(key);
		},
	};
}

function collect(
	dies: Dies,
	parent: Die,
	prefix: string,
	into: Map<string, Die>,
): void {
	for (const die of dies.children(parent)) {
		const tag = dies.tag(die);
		if (tag === Tag.namespace) {
			collect(dies, die, `${prefix}${dies.name(die)}::`, into);
			continue;
		}
		const kind = kinds.get(tag);
		const name = kind === undefined ? "" : dies.name(die);
		if (name === "" || dies.has(die, At.declaration)) continue;
		for (const key of [`${kind} ${prefix}${name}`, `${kind} ${name}`])
			if (!into.has(key)) into.set(key, die);
	}
}

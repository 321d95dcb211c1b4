// Imports that stand in blocks: what they bring belongs to the whole script.
import type { Import, Item } from "../../grammar/ast.ts";

export function importsIn(item: Item): Import[] {
	const found: Import[] = [];
	collect(item, found);
	return found;
}

function collect(node: unknown, found: Import[]): void {
	if (Array.isArray(node)) {
		for (const item of node) collect(item, found);
		return;
	}
	if (typeof node !== "object" || node === null) return;
	if (isImport(node)) found.push(node);
	for (const [key, value] of Object.entries(node))
		if (key !== "span") collect(value, found);
}

function isImport(node: object): node is Import {
	return "kind" in node && node.kind === "import";
}

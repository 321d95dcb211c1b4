// Imports that stand in blocks: what they bring belongs to the whole script.
import type { Import, Item } from "./ast.ts";
import { type AnyNode, walkTree } from "./walk.ts";

/** In the order of the text; an import that stands by itself is one, too. */
export function importsIn(item: Item): Import[] {
	const found: Import[] = [];
	walkTree(item, (node) => {
		if (isImport(node)) found.push(node);
	});
	return found;
}

function isImport(node: AnyNode | Import): node is Import {
	return node.kind === "import";
}

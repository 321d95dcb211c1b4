// Imports that stand in blocks: what they bring belongs to the whole script.
import type { Import, Item } from "../../grammar/ast.ts";
import { type AnyNode, walkTree } from "../../grammar/walk.ts";

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

// Going through a syntax tree without knowing what its nodes are.

/** A node, or a part of one that has no kind (a place in the text apart, which is no part). */
export type AnyNode = Readonly<Record<string, unknown>>;

/** Calls `visit` for each object in a tree, outer ones first and in the order of the text. */
export function walkTree(tree: unknown, visit: (node: AnyNode) => void): void {
	if (typeof tree !== "object" || tree === null) return;
	if (Array.isArray(tree)) {
		for (const item of tree) walkTree(item, visit);
		return;
	}
	const node = tree as AnyNode;
	visit(node);
	// Most fields are words and numbers: they are not worth a call.
	for (const key in node) {
		if (key === "span" || key === "operatorSpan") continue;
		const part = node[key];
		if (typeof part === "object" && part !== null) walkTree(part, visit);
	}
}

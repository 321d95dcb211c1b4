// The C types a script names anywhere, so that clang keeps their definitions.

/** `struct sock`, `enum e`, `pid_t`, each once. */
export function typesWritten(tree: unknown): string[] {
	const found = new Set<string>();
	walk(tree, found);
	return [...found];
}

function walk(node: unknown, found: Set<string>): void {
	if (Array.isArray(node)) {
		for (const item of node) walk(item, found);
		return;
	}
	if (typeof node !== "object" || node === null) return;
	const record = node as Readonly<Record<string, unknown>>;
	if (record.kind === "named-type" && typeof record.name === "string") {
		found.add(
			typeof record.tag === "string"
				? `${record.tag} ${record.name}`
				: record.name,
		);
	}
	for (const [key, value] of Object.entries(record))
		if (key !== "span") walk(value, found);
}

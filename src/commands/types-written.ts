// The C types a script names anywhere, so that clang keeps their definitions.
import { walkTree } from "../../grammar/walk.ts";

/** `struct sock`, `enum e`, `pid_t`, each once. */
export function typesWritten(tree: unknown): string[] {
	const found = new Set<string>();
	walkTree(tree, ({ kind, name, tag }) => {
		if (kind !== "named-type" || typeof name !== "string") return;
		found.add(typeof tag === "string" ? `${tag} ${name}` : name);
	});
	return [...found];
}

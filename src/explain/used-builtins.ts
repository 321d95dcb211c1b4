// Which builtins a script uses, and on which lines: told from its syntax tree, so that what is folded away counts too.
import type { Script } from "../../grammar/ast.ts";
import { walkTree } from "../../grammar/walk.ts";
import type { Span } from "../base/source.ts";
import type { BuiltinDefinition } from "../builtins/definition.ts";
import { builtinNamed } from "../builtins/index.ts";
import { whereItRuns } from "../builtins/where-it-runs.ts";
import type { BuiltinExplanation } from "./explanation.ts";

export function describeBuiltins(script: Script): BuiltinExplanation[] {
	const found = new Map<BuiltinDefinition, Set<number>>();
	const own = new Set(
		script.items.flatMap((item) =>
			item.kind === "macro" || item.kind === "function" ? [item.name.text] : [],
		),
	);
	collect(script.items, (name, { source, start }) => {
		const builtin = own.has(name) ? undefined : builtinNamed(name);
		if (!builtin) return;
		const lines = found.get(builtin) ?? new Set();
		found.set(builtin, lines.add(source.position(start).line));
	});
	return [...found].map(([builtin, lines]) => {
		const { runs, lost } = whereItRuns(builtin);
		return {
			name: builtin.name,
			lines: [...lines],
			what: builtin.doc,
			runs,
			...(lost !== undefined && { lost }),
		};
	});
}

type Visit = (name: string, span: Span) => void;

function collect(tree: unknown, visit: Visit): void {
	walkTree(tree, (node) => {
		const span = node.span as Span;
		if (node.kind === "identifier") visit(String(node.name), span);
		if (node.kind === "call")
			visit((node.callee as { readonly text: string }).text, span);
	});
}

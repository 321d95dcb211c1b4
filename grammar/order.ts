// Which items may follow which: definitions in C, then configuration and imports, then the rest.
import type { Item } from "./ast.ts";
import type { SyntaxReport } from "./report.ts";

const FIRST: Readonly<Partial<Record<Item["kind"], string>>> = {
	preprocessor: "a preprocessor directive",
	"c-definition": "a C definition",
	config: "the configuration",
	import: "an import",
};

export function checkOrder(items: readonly Item[], report: SyntaxReport): void {
	let begun = false;
	let config: Item | undefined;
	for (const item of items) {
		const { start, end } = item.span;
		const what = FIRST[item.kind];
		if (what === undefined) {
			begun = true;
		} else if (begun) {
			const before = "probes, macros and functions";
			report.add("E0107", { what, before }, start, firstLineEnd(item, end));
		}
		if (item.kind !== "config") continue;
		if (config !== undefined) {
			const notes = [{ text: "given first", span: config.span }];
			const args = { what: "the configuration" };
			report.add("E0120", args, start, firstLineEnd(item, end), { notes });
		}
		config ??= item;
	}
}

function firstLineEnd(item: Item, end: number): number {
	const { source, start } = item.span;
	const line = source.text.indexOf("\n", start);
	return line < 0 ? end : Math.min(line, end);
}

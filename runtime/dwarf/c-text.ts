// Types of debug information as C writes them, typedefs and qualifiers included: for listings.
import type { Die, Dies } from "./dies.ts";
import { At, Tag } from "./libdw.ts";

/** `const char*`, `struct Foo*`, `int[3]`; undefined stands for void. */
export function cTypeText(dies: Dies, die: Die | undefined): string {
	if (die === undefined) return "void";
	const name = dies.name(die);
	const inner = () => cTypeText(dies, dies.type(die));
	switch (dies.tag(die)) {
		case Tag.pointer:
			return `${inner()}*`;
		case Tag.reference:
			return `${inner()}&`;
		case Tag.rvalueReference:
			return `${inner()}&&`;
		case Tag.const:
			return qualified(dies, die, "const");
		case Tag.volatile:
			return qualified(dies, die, "volatile");
		case Tag.restrict:
			return qualified(dies, die, "restrict");
		case Tag.array:
			return inner() + rangesText(dies, die);
		case Tag.structure:
			return `struct ${name || "{…}"}`;
		case Tag.union:
			return `union ${name || "{…}"}`;
		case Tag.enumeration:
			return `enum ${name || "{…}"}`;
		case Tag.subroutine:
			return `${inner()} (${parametersText(dies, die)})`;
		default:
			return name;
	}
}

/** `int argc`, one for each parameter. */
export function* parameterTexts(dies: Dies, func: Die): Iterable<string> {
	for (const die of dies.children(func)) {
		if (dies.tag(die) === Tag.parameter)
			yield `${cTypeText(dies, dies.type(die))} ${dies.name(die)}`.trimEnd();
	}
}

/** Of a pointer the qualifier stands behind it: `char* const` is no `const char*`. */
function qualified(dies: Dies, die: Die, word: string): string {
	const inner = dies.type(die);
	const text = cTypeText(dies, inner);
	return inner && dies.tag(inner) === Tag.pointer
		? `${text} ${word}`
		: `${word} ${text}`;
}

function rangesText(dies: Dies, die: Die): string {
	let text = "";
	for (const range of dies.children(die)) {
		const last = dies.signed(range, At.upperBound);
		const count = dies.number(range, At.count);
		text += `[${count ?? (last === undefined ? "" : last + 1n)}]`;
	}
	return text;
}

function parametersText(dies: Dies, die: Die): string {
	const types: string[] = [];
	for (const child of dies.children(die))
		if (dies.tag(child) === Tag.parameter)
			types.push(cTypeText(dies, dies.type(child)));
	return types.join(", ");
}

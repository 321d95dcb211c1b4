// Which types the parameter kinds of builtins' prototypes accept.
import type { Type } from "../types/types.ts";
import type { IrExpr } from "./ir.ts";
import type { Parameter } from "./prototype.ts";

const accepts: Readonly<
	Record<string, (type: Type, value: IrExpr) => boolean>
> = {
	any: (t) => t.kind !== "void",
	int: (t) => t.kind === "int" || t.kind === "bool" || t.kind === "enum",
	bool: (t) => t.kind === "bool",
	string: (t) => t.kind === "string",
	pointer: (t) => t.kind === "pointer",
	buffer: (t) => t.kind === "buffer",
	array: (t) => t.kind === "array",
	stack: (t) => t.kind === "opaque" && t.params.stack === true,
	map: (_, value) => value.kind === "map-reference",
	word: (_, value) => value.kind === "word",
	type: (_, value) => value.kind === "word",
	void: (t) => t.kind === "void",
	key: () => true,
	target: (_, value) => value.kind === "address-of",
};

export function matchesKinds(kinds: readonly string[], value: IrExpr): boolean {
	return kinds.some((kind) => {
		const test = accepts[kind];
		if (!test)
			throw new Error(
				`E0902: unknown parameter kind ${kind} in a builtin's prototype`,
			);
		return test(value.type, value);
	});
}

const described: Readonly<Record<string, string>> = {
	any: "value",
	target: "variable",
	int: "number",
	type: "type",
	word: "name",
};

/** What parameters want, in words: `a number or a pointer`, `a literal string`. */
export function wantedKinds(parameters: readonly Parameter[]): string {
	const wanted = parameters.flatMap((p) =>
		p.kinds.map((kind) => {
			const name = `${p.literal ? "literal " : ""}${described[kind] ?? kind}`;
			return `${/^[aeiou]/.test(name) ? "an" : "a"} ${name}`;
		}),
	);
	return [...new Set(wanted)].join(" or ");
}

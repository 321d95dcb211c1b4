// Builtins that are known and refused: a script that uses one is told so, with its place.
import { type Type, voidType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";

export function notYet(
	definition: Pick<
		BuiltinDefinition,
		"name" | "group" | "signatures" | "doc" | "example"
	>,
	type: Type = voidType,
): BuiltinDefinition {
	return {
		...definition,
		check: (call) => {
			call.report("E0501", { what: `${definition.name}()` });
			return type;
		},
	};
}

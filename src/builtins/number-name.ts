// What builtins have in common that keep a number and print a name for it.
import type { OpaqueType } from "../types/types.ts";
import type { BuiltinDefinition, EmitCall, Emitter } from "./definition.ts";

/** The opaque type of a number named by the builtin `name`. */
export function numberNameType(
	name: string,
	params: OpaqueType["params"] = {},
): OpaqueType {
	return { kind: "opaque", name, size: 8, align: 8, params };
}

/** The number itself is the value. */
export function emitFirstArgument(emitter: Emitter, call: EmitCall): string {
	const value = call.args[0];
	return value ? emitter.scalar(value) : "0";
}

/** A builtin with one integer as its argument. */
export function numberName(
	definition: Pick<
		BuiltinDefinition,
		"name" | "signatures" | "doc" | "example" | "opaque"
	>,
): BuiltinDefinition {
	return {
		...definition,
		group: "data",
		check: () => numberNameType(definition.name),
		emitScalar: emitFirstArgument,
	};
}

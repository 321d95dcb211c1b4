// Questions about an expression's type, answered when compiling: is_ptr(), is_str() …
import { boolType } from "../types/types.ts";
import type { BuiltinDefinition, TypedExpr } from "./definition.ts";

export function typeTest(
	name: string,
	what: string,
	holds: (value: TypedExpr) => boolean,
): BuiltinDefinition {
	const answer = (args: readonly TypedExpr[]) =>
		args[0] !== undefined && holds(args[0]);
	return {
		name,
		group: "data",
		signatures: [`${name}(value: any|type)`],
		doc: `Whether the value is ${what}. Known when compiling: \`if comptime ${name}(x) { … }\`.`,
		example: `begin { print(${name}(pid)); exit(); }`,
		check: () => boolType,
		fold: ({ args }) => answer(args),
	};
}

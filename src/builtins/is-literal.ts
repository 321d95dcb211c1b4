// is_literal(): whether a value is known when compiling.
import { typeTest } from "./type-test.ts";

export const isLiteral = typeTest(
	"is_literal",
	"a literal, such as 1, true or a string in quotes",
	({ constant }) => constant !== undefined,
);

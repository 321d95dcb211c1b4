// is_str(): whether a value is a string.
import { typeTest } from "./type-test.ts";

export const isStr = typeTest(
	"is_str",
	"a string",
	({ type }) => type.kind === "string",
);

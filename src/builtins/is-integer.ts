// is_integer(): whether a value is an integer.
import { typeTest } from "./type-test.ts";

export const isInteger = typeTest(
	"is_integer",
	"an integer",
	({ type }) => type.kind === "int",
);

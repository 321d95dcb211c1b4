// is_array(): whether a value is an array.
import { typeTest } from "./type-test.ts";

export const isArray = typeTest(
	"is_array",
	"an array",
	({ type }) => type.kind === "array",
);

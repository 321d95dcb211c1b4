// is_unsigned_integer(): whether a value is an integer without a sign.
import { typeTest } from "./type-test.ts";

export const isUnsignedInteger = typeTest(
	"is_unsigned_integer",
	"an integer that cannot be negative",
	({ type }) => type.kind === "int" && !type.signed,
);

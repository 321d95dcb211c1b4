// is_ptr(): whether a value is a pointer.
import { typeTest } from "./type-test.ts";

export const isPtr = typeTest(
	"is_ptr",
	"a pointer",
	({ type }) => type.kind === "pointer",
);

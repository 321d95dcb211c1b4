// is_err(): whether a pointer that the kernel returned is an error code in disguise.
import { boolType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";

/** The kernel keeps the addresses of the last page for error codes. */
const LARGEST_ERROR = 4095;

export const isErr: BuiltinDefinition = {
	name: "is_err",
	group: "data",
	signatures: ["is_err(pointer: pointer|int)"],
	doc: "Whether a pointer that a kernel function returned is an error code instead: from -4095 to -1 when read as a number.",
	example: "begin { print(is_err((void *)-2)); exit(); }",
	check: () => boolType,
	emitScalar: (emitter, { args }) =>
		args[0]
			? `((u64)${emitter.scalar(args[0])} >= -(u64)${LARGEST_ERROR})`
			: "0",
};

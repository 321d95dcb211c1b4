// ctx: what the kernel hands to the program.
import { pointerTo, voidType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";

export const ctx: BuiltinDefinition = {
	name: "ctx",
	group: "context",
	signatures: ["ctx"],
	doc: "Pointer to the program's context, as its kind of probe has it. Meant for debugging.",
	example: 'begin { printf("%p\\n", ctx); exit(); }',
	perProbe: "args",
	// An iterator's context is what it goes through.
	check: ({ probe }) =>
		(probe.programType === "iter" ? probe.args : undefined) ??
		pointerTo(voidType, "none"),
	emitScalar: (emitter) => `((u64)${emitter.context})`,
};

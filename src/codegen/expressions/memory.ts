// Expressions that live in memory, as a `char *` to where they already are, or to a temporary copy.
import type { IrExpr } from "../../semantic/ir.ts";
import { sizeOf } from "../../types/layout.ts";
import { isScalar } from "../../types/scalar.ts";
import type { FunctionWriter } from "../function-writer.ts";
import { placeInMemory } from "../places.ts";
import { emitInto } from "./values.ts";

/** `loose`: what stands after a string's NUL does not matter. */
export function memoryOf(w: FunctionWriter, e: IrExpr, loose = false): string {
	if (e.kind === "variable" && !isScalar(e.type)) return w.variable(e.slot);
	if (e.kind === "place") {
		const there = placeInMemory(w, e);
		if (there !== undefined) return there;
	}
	const buffer = w.buffer(sizeOf(e.type), hintFor(e));
	emitInto(w, e, buffer, loose);
	return buffer;
}

function hintFor(e: IrExpr): string {
	switch (e.kind) {
		case "call":
			return e.builtin.name;
		case "string":
			return "text";
		case "tuple":
			return "tuple";
		default:
			return "buffer";
	}
}

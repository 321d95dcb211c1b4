// Expressions that live in memory, as a `char *` to where they already are, or to a temporary copy.
import type { IrCall, IrExpr } from "../../semantic/ir.ts";
import { sizeOf } from "../../types/layout.ts";
import { isScalar } from "../../types/scalar.ts";
import type { FunctionWriter } from "../function-writer.ts";
import { placeInMemory } from "../places.ts";
import { emitInto, isSteady } from "./values.ts";

/** `loose`: what stands after a string's NUL does not matter. */
export function memoryOf(w: FunctionWriter, e: IrExpr, loose = false): string {
	if (e.kind === "variable" && !isScalar(e.type)) return w.variable(e.slot);
	if (e.kind === "place") {
		const there = placeInMemory(w, e);
		if (there !== undefined) return there;
	}
	return isSteady(e) ? steadyMemory(w, e) : temporary(w, e, loose);
}

function temporary(w: FunctionWriter, e: IrExpr, loose: boolean): string {
	const buffer = w.buffer(sizeOf(e.type), hintFor(e));
	emitInto(w, e, buffer, loose);
	return buffer;
}

/** Not loose: who asks next may want a key. */
function steadyMemory(w: FunctionWriter, e: IrCall): string {
	const known = w.steady(e.builtin.name);
	if (known !== undefined) return known;
	const buffer = temporary(w, e, false);
	w.keepSteady(e.builtin.name, buffer);
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

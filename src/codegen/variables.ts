// A function's variables: numbers are C locals, all else has memory of its own, zeroed unless it is set before it is used.
import type { IrBlock, IrExpr } from "../semantic/ir.ts";
import { sizeOf } from "../types/layout.ts";
import { isScalar } from "../types/scalar.ts";
import { wideType } from "./c-types.ts";
import {
	changedInCallbacks,
	ownSlots,
	setBeforeUse,
	slotsIn,
} from "./effects.ts";
import type { FunctionWriter } from "./function-writer.ts";
import { zeroMemory } from "./memory-text.ts";

/** Declares what `parts` (a body, and a predicate before it) use and nothing around declares. */
export function declareVariables(
	w: FunctionWriter,
	parts: readonly (IrBlock | IrExpr | undefined)[],
): void {
	const body = parts.find(
		(p): p is IrBlock => p !== undefined && "statements" in p,
	);
	const elsewhere = slotsIn(parts.filter((p) => p !== body));
	const shared = changedInCallbacks(parts);
	for (const slot of ownSlots(parts)) {
		if (w.knows(slot)) continue;
		if (isScalar(slot.type) && shared.has(slot)) {
			w.declareShared(slot);
			w.line(`${w.variable(slot)} = 0;`);
			continue;
		}
		if (isScalar(slot.type)) {
			const name = w.frame.names.fresh(slot.symbol);
			w.line(`${wideType(slot.type)} ${name} = 0;`);
			w.declare(slot, name);
			continue;
		}
		const size = sizeOf(slot.type);
		const memory = w.buffer(size, slot.symbol);
		w.declare(slot, memory);
		if (elsewhere.has(slot) || !body || !setBeforeUse(body, slot))
			zeroMemory(w, memory, size);
	}
}

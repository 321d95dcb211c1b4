// What a value is called in C: after what the script says it is.
import type { IrExpr } from "../semantic/ir.ts";
import { fieldName } from "./names.ts";

export function nameOf(e: IrExpr): string {
	switch (e.kind) {
		case "call":
			return fieldName(e.builtin.name);
		case "variable":
			return fieldName(e.slot.symbol.replace(/^v_/, ""));
		case "map-read":
			return fieldName(e.target.name === "" ? "value" : e.target.name);
		case "place": {
			const last = e.steps.at(-1);
			return last?.kind === "member" ? fieldName(last.name) : "element";
		}
		case "convert":
			return nameOf(e.operand);
		default:
			return e.type.kind === "string" ? "text" : "value";
	}
}

// Values that outlive the moment: in maps, keys, tuples, or printed. `args` is then the arguments themselves; everywhere
// else it is where they stand, which costs nothing.
import type { Expression } from "../../grammar/ast.ts";
import { isContext } from "./access.ts";
import { dereference } from "./build.ts";
import type { Context } from "./context.ts";
import { checkValue } from "./expressions.ts";
import type { IrExpr } from "./ir.ts";

export function checkKept(cx: Context, node: Expression): IrExpr {
	return kept(checkValue(cx, node));
}

export function kept(value: IrExpr): IrExpr {
	const { type } = value;
	if (type.kind !== "pointer" || !isContext(type.to)) return value;
	// An iterator's objects are pointers to follow.
	const iterated =
		type.to.kind === "struct" && type.to.origin.startsWith("args:iter:");
	return iterated ? value : dereference(value, [], type.to, value.span);
}

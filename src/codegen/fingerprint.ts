// Whether two expressions say the same thing.
import type { IrExpr } from "../semantic/ir.ts";

/** Equal for expressions that differ in nothing but their place in the script. */
export function fingerprint(e: IrExpr | undefined): string {
	return JSON.stringify(e, replace) ?? "";
}

function replace(key: string, value: unknown): unknown {
	if (key === "span") return undefined;
	if (typeof value === "bigint") return `${value}n`;
	const named = key === "builtin" || key === "target" || key === "map";
	if (named && typeof value === "object" && value !== null && "name" in value)
		return value.name;
	return value;
}

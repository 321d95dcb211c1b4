// How the language's types stand in C: numbers are computed in 64 bits and stored in the bytes their type has.
import { alignOf, sizeOf } from "../types/layout.ts";
import { isScalar } from "../types/scalar.ts";
import type { Type } from "../types/types.ts";

/** Signed integers are computed as s64, all else as u64. */
export function isSigned(type: Type): boolean {
	return (type.kind === "int" || type.kind === "enum") && type.signed;
}

/** The C type a number is computed in. */
export function wideType(type: Type): "s64" | "u64" {
	return isSigned(type) ? "s64" : "u64";
}

/** The C type a number is stored in. */
export function storedType(type: Type): string {
	return `${isSigned(type) ? "s" : "u"}${sizeOf(type) * 8}`;
}

/** `text`, a C integer of any type, as a number of `type` is held: cut to its size and widened again. */
export function narrowed(text: string, type: Type): string {
	if (type.kind === "bool") return `(${text} != 0)`;
	if (sizeOf(type) === 8) return `((${wideType(type)})${text})`;
	return `((${wideType(type)})(${storedType(type)})${text})`;
}

/** `text`, of the C type that `type` is stored in, as a number of `type` is held. */
export function widened(text: string, type: Type): string {
	return sizeOf(type) === 8 || type.kind === "bool"
		? text
		: `((${wideType(type)})${text})`;
}

/** Declares a struct's field or a local that holds a value of that type. */
export function declareStored(type: Type, name: string): string {
	if (isScalar(type)) return `${storedType(type)} ${name}`;
	const align = alignOf(type);
	return `char ${name}[${sizeOf(type)}]${align > 1 ? ` __aligned(${align})` : ""}`;
}

// Words of the program's context: saved registers, argument slots.
import { sizeOf } from "../types/layout.ts";
import type { Type } from "../types/types.ts";
import type { Emitter } from "./definition.ts";

/** The number of that type in the word at `offset` bytes of the context. */
export function contextWord(
	emitter: Emitter,
	offset: number,
	type: Type,
): string {
	const word = `*(u64 *)(${emitter.context} + ${offset})`;
	return asNumber(word, type);
}

/** A u64 as a C number of that type. */
export function asNumber(word: string, type: Type): string {
	const signed = (type.kind === "int" || type.kind === "enum") && type.signed;
	const size = sizeOf(type);
	if (type.kind === "bool") return `((u8)${word} != 0)`;
	if (size === 8) return signed ? `((s64)${word})` : `(${word})`;
	return signed
		? `((s64)(s${size * 8})${word})`
		: `((u64)(u${size * 8})${word})`;
}

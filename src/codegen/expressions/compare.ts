// Comparing what lives in memory: strings up to their NUL, all else byte by byte.
import type { IrCompareMemory, IrExpr } from "../../semantic/ir.ts";
import { sizeOf } from "../../types/layout.ts";
import type { FunctionWriter } from "../function-writer.ts";
import { alignmentOf, memoryAt, textBytes } from "../memory-text.ts";
import { memoryOf } from "./memory.ts";

export function compareMemory(w: FunctionWriter, e: IrCompareMemory): string {
	const equal = emitEqual(w, e.left, e.right);
	return e.operator === "==" ? equal : `(!${equal})`;
}

function emitEqual(w: FunctionWriter, left: IrExpr, right: IrExpr): string {
	const size = Math.min(sizeOf(left.type), sizeOf(right.type));
	if (left.type.kind === "string" && right.type.kind === "string")
		return emitStringsEqual(w, left, right, size);
	const a = memoryOf(w, left);
	return equalBytes(w, a, memoryOf(w, right), size);
}

/** True where both agree in their first `limit` bytes, or end alike before that. */
export function emitStringsEqual(
	w: FunctionWriter,
	left: IrExpr,
	right: IrExpr,
	limit: number,
): string {
	const size = Math.min(sizeOf(left.type), sizeOf(right.type), limit);
	const [literal, other] =
		left.kind === "string" ? [left, right] : [right, left];
	if (size === 0) return "1";
	if (literal.kind === "string") {
		const bytes = textBytes(literal.constant, sizeOf(literal.type));
		return equalsLiteral(w, memoryOf(w, other, true), bytes.subarray(0, size));
	}
	const a = memoryOf(w, left, true);
	const b = memoryOf(w, right, true);
	w.include("strings");
	return `strings_equal(${a}, ${b}, ${size})`;
}

/** Most words that are compared one by one in line. */
const MOST_WORDS = 12;

/** The literal's bytes with its NUL, a word at a time. What stands after the NUL does not matter. */
export function equalsLiteral(
	w: FunctionWriter,
	text: string,
	literal: Uint8Array,
): string {
	const end = literal.indexOf(0);
	const bytes = end < 0 ? literal : literal.subarray(0, end + 1);
	const tests: string[] = [];
	let at = 0;
	while (at < bytes.length) {
		const size = wordSize(
			alignmentOf(w, memoryAt(text, at)),
			bytes.length - at,
		);
		const word = readWord(bytes, at, size);
		tests.push(
			`*(u${size * 8} *)${memoryAt(text, at)} == ${hexWord(word, size)}`,
		);
		at += size;
	}
	if (tests.length <= MOST_WORDS) return `(${tests.join(" && ")})`;
	return longLiteral(w, text, bytes);
}

function longLiteral(
	w: FunctionWriter,
	text: string,
	bytes: Uint8Array,
): string {
	w.include("strings");
	const copy = w.buffer(bytes.length, "literal");
	storeBytes(w, copy, bytes);
	return `strings_equal(${text}, ${copy}, ${bytes.length})`;
}

/** Constant bytes, a word at a time; `dest` must be aligned to 8 bytes. */
export function storeBytes(
	w: FunctionWriter,
	dest: string,
	bytes: Uint8Array,
): void {
	let at = 0;
	while (at < bytes.length) {
		const size = wordSize(
			alignmentOf(w, memoryAt(dest, at)),
			bytes.length - at,
		);
		const value = hexWord(readWord(bytes, at, size), size);
		w.line(`*(u${size * 8} *)${memoryAt(dest, at)} = ${value};`);
		at += size;
	}
}

function wordSize(align: number, left: number): number {
	return [8, 4, 2].find((size) => size <= align && size <= left) ?? 1;
}

function hexWord(word: bigint, size: number): string {
	return `0x${word.toString(16)}${size === 8 ? "ULL" : ""}`;
}

function readWord(bytes: Uint8Array, at: number, size: number): bigint {
	let word = 0n;
	for (let i = size - 1; i >= 0; i--)
		word = (word << 8n) | BigInt(bytes[at + i] ?? 0);
	return word;
}

export function equalBytes(
	w: FunctionWriter,
	a: string,
	b: string,
	size: number,
): string {
	const tests: string[] = [];
	for (let at = 0; at < size; ) {
		const align = Math.min(
			alignmentOf(w, memoryAt(a, at)),
			alignmentOf(w, memoryAt(b, at)),
		);
		const word = wordSize(align, size - at);
		tests.push(
			`*(u${word * 8} *)${memoryAt(a, at)} == *(u${word * 8} *)${memoryAt(b, at)}`,
		);
		at += word;
	}
	if (tests.length > 0 && tests.length <= MOST_WORDS)
		return `(${tests.join(" && ")})`;
	w.include("strings");
	return `bytes_equal(${a}, ${b}, ${size})`;
}

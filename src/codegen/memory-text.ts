// C texts of memory: a name, or a name and a constant offset. Every name that stands for memory is aligned to eight
// bytes unless it is a struct's field, so alignment can be told from the text; the verifier insists on it on the stack.

import { cBytes } from "../base/c-text.ts";
import type { StringType } from "../types/types.ts";
import type { FunctionWriter } from "./function-writer.ts";
import { pointerTo } from "./pointers.ts";

const shape = /^\(?(?<base>[^+]+?)(?: \+ (?<offset>\d+))?\)?$/;

/** `offset` bytes into the memory that `text` names. */
export function memoryAt(text: string, offset: number): string {
	if (offset === 0) return text;
	const match = /^\((.+) \+ (\d+)\)$/.exec(text);
	return match
		? `(${match[1]} + ${Number(match[2]) + offset})`
		: `(${text} + ${offset})`;
}

/** 8, 4, 2 or 1. */
export function alignmentOf(w: FunctionWriter, text: string): number {
	const whole = w.fields.get(text);
	if (whole) return whole.align;
	const match = shape.exec(text)?.groups;
	if (match?.base === undefined) return 1;
	const base =
		w.fields.get(match.base)?.align ?? (/^[\w>-]+$/.test(match.base) ? 8 : 1);
	const offset = Number(match.offset ?? 0);
	return [8, 4, 2].find((a) => a <= base && offset % a === 0) ?? 1;
}

/** Stores beyond these many words are left to a helper, which is faster then, and which clang can't fail to inline. */
const MOST_WORDS = 32;

export function copyMemory(
	w: FunctionWriter,
	dest: string,
	from: string,
	size: number,
): void {
	if (size === 0 || dest === from) return;
	const align = Math.min(alignmentOf(w, dest), alignmentOf(w, from));
	if (size / align > MOST_WORDS)
		w.line(`copy_bytes(${dest}, ${from}, ${size});`);
	else w.line(`copy_aligned${align}(${dest}, ${from}, ${size});`);
}

export function zeroMemory(
	w: FunctionWriter,
	dest: string,
	size: number,
): void {
	if (size === 0) return;
	const align = alignmentOf(w, dest);
	if (size / align > MOST_WORDS) w.line(`zero_bytes(${dest}, ${size});`);
	else w.line(`zero_aligned${align}(${dest}, ${size});`);
}

/** The bytes of a string literal as they stand in memory, NUL and padding included. */
export function textBytes(constant: string, size: number): Uint8Array {
	const bytes = new Uint8Array(size);
	const text = Buffer.from(constant, "latin1");
	bytes.set(text.subarray(0, Math.max(0, size - 1)));
	return bytes;
}

export function storeText(
	w: FunctionWriter,
	dest: string,
	constant: string,
	type: StringType,
): void {
	const bytes = textBytes(constant, type.size);
	const end = bytes.indexOf(0);
	const text = bytes.subarray(0, end < 0 ? bytes.length : end + 1);
	const align = alignmentOf(w, dest);
	const tail = type.size - text.length;
	// Small tails are written along with the text: whole words are fewer stores.
	if (type.size / align <= MOST_WORDS) {
		w.line(`store_text${align}(${dest}, ${cBytes(bytes)}, ${type.size});`);
		return;
	}
	w.line(`store_text${align}(${dest}, ${cBytes(text)}, ${text.length});`);
	zeroTail(w, dest, text.length, tail);
}

/** Zeroes `size` bytes after the first `from`; a few bytes first where that makes the rest aligned. */
export function zeroTail(
	w: FunctionWriter,
	dest: string,
	from: number,
	size: number,
): void {
	const odd = Math.min(size, (8 - (from % 8)) % 8);
	if (odd > 0 && size > MOST_WORDS) {
		zeroMemory(w, memoryAt(dest, from), odd);
		zeroMemory(w, memoryAt(dest, from + odd), size - odd);
	} else zeroMemory(w, memoryAt(dest, from), size);
}

/** Words of the context that are loaded one by one rather than by a helper. */
const MOST_CONTEXT_WORDS = 8;

/** `offset`: where in the context `address` is. */
export function copyContext(
	w: FunctionWriter,
	address: string,
	dest: string,
	size: number,
	offset: number,
): void {
	const align = Math.min(
		[8, 4, 2].find((a) => offset % a === 0) ?? 1,
		alignmentOf(w, dest),
	);
	if (size % align !== 0 || size / align > MOST_CONTEXT_WORDS) {
		w.line(`bpf_probe_read_kernel(${dest}, ${size}, ${pointerTo(address)});`);
		return;
	}
	const word = `u${align * 8}`;
	for (let at = 0; at < size; at += align) {
		w.line(
			`*(${word} *)${memoryAt(dest, at)} = *(${word} *)${memoryAt(address, at)};`,
		);
	}
}

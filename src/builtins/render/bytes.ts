// Strings and buffers out of records, as byte strings.
import type { StringLayout } from "../../types/value-layout.ts";

let lastView: DataView | undefined;
let lastBytes: Buffer = Buffer.alloc(0);

/** The bytes behind a view. Records of one drain share a view, so the last one is remembered. */
export function bytesOf(view: DataView): Buffer {
	if (view !== lastView) {
		lastBytes = Buffer.from(view.buffer, view.byteOffset, view.byteLength);
		lastView = view;
	}
	return lastBytes;
}

/** Up to the NUL, or all `size` bytes and the trailer: a string without a NUL was cut. */
export function readString(
	view: DataView,
	at: number,
	size: number,
	trailer: string,
): string {
	const bytes = bytesOf(view);
	const limit = at + size;
	let end = at;
	let hash = 0;
	for (; end < limit; end++) {
		const byte = bytes[end];
		if (byte === 0 || byte === undefined) break;
		hash = (Math.imul(hash, 31) + byte) | 0;
	}
	const text = sharedString(bytes, at, end, hash);
	return end === limit ? text + trailer : text;
}

/** Renders values of a layout. Characters of a C array may fill it; any other full string was cut. */
export function stringRenderer(
	{ size, mayFill }: StringLayout,
	trailer: string,
): (view: DataView, at: number) => string {
	const mark = mayFill ? "" : trailer;
	return (view, at) => readString(view, at, size, mark);
}

/** Longer strings are seldom the same twice. */
const longestShared = 32;
const shared: string[] = new Array<string>(1024).fill("");

/**
 * Names of processes and files come again and again: to find a string that was made before is several times faster
 * than to make it anew.
 */
function sharedString(
	bytes: Buffer,
	start: number,
	end: number,
	hash: number,
): string {
	const length = end - start;
	if (length > longestShared) return bytes.toString("latin1", start, end);
	const slot = (hash ^ (hash >>> 10)) & (shared.length - 1);
	const known = shared[slot] ?? "";
	if (known.length === length && isSame(known, bytes, start)) return known;
	const text = bytes.toString("latin1", start, end);
	shared[slot] = text;
	return text;
}

function isSame(text: string, bytes: Buffer, start: number): boolean {
	for (let i = 0; i < text.length; i++)
		if (text.charCodeAt(i) !== bytes[start + i]) return false;
	return true;
}

/** A `buf()` value: its bytes, which follow a u32 length. */
export function readBuffer(
	view: DataView,
	at: number,
	size: number,
): Uint8Array {
	const length = Math.min(view.getUint32(at, true), size);
	return bytesOf(view).subarray(at + 4, at + 4 + length);
}

/** Bytes from 32 to 126 as they are, all others as `\x0a`. */
export function escapeBytes(bytes: Uint8Array): string {
	let out = "";
	for (const byte of bytes) {
		out +=
			byte >= 32 && byte <= 126
				? String.fromCharCode(byte)
				: `\\x${hexByte(byte)}`;
	}
	return out;
}

/** `\x0a\xfe` */
export function escapedHex(bytes: Uint8Array): string {
	let out = "";
	for (const byte of bytes) out += `\\x${hexByte(byte)}`;
	return out;
}

/** `0a fe` */
export function spacedHex(bytes: Uint8Array): string {
	return Array.from(bytes, hexByte).join(" ");
}

function hexByte(byte: number): string {
	return byte.toString(16).padStart(2, "0");
}

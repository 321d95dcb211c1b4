// The strings of join(): places of equal size, each with a string that ends with a NUL.
import { readString } from "./bytes.ts";

/** Longer strings are cut. */
export const stringBytes = 1024;

/** Up to the first place that begins with two NULs: an empty string has a 1 behind its NUL. */
export function readStrings(
	view: DataView,
	start: number,
	count: number,
): readonly string[] {
	const strings: string[] = [];
	for (let i = 0; i < count; i++) {
		const at = start + i * stringBytes;
		if (view.getUint16(at, true) === 0) break;
		strings.push(readString(view, at, stringBytes, ""));
	}
	return strings;
}

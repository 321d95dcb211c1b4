// Floating point numbers of C structs. eBPF cannot compute with them, but they can be copied, and so printed.
import type { OpaqueDefinition } from "../definition.ts";

export const floatValues: Pick<OpaqueDefinition, "text" | "json"> = {
	text: (view, { bytes }) => String(readFloat(view, Number(bytes)) ?? "?"),
	json: (view, { bytes }) => {
		const value = readFloat(view, Number(bytes));
		return value !== undefined && isPlain(value, Number(bytes)) ? value : null;
	},
};

/**
 * JSON has no infinities. A number smaller than the smallest that has all its digits is hardly ever one: a union holds
 * another member then, and bpftrace says null of any.
 */
function isPlain(value: number, bytes: number): boolean {
	const least = bytes === 4 ? 2 ** -126 : 2 ** -1022;
	return Number.isFinite(value) && (value === 0 || Math.abs(value) >= least);
}

/** A float or a double; undefined for other sizes, which JavaScript has no counterpart of. */
function readFloat(view: DataView, bytes: number): number | undefined {
	if (bytes === 4) return view.getFloat32(0, true);
	return bytes === 8 ? view.getFloat64(0, true) : undefined;
}

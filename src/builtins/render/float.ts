// Floating point numbers of C structs. eBPF cannot compute with them, but they can be copied, and so printed.
import type { OpaqueDefinition } from "../definition.ts";

export const floatValues: Pick<OpaqueDefinition, "text" | "json"> = {
	text: (view, { bytes }) => String(readFloat(view, Number(bytes)) ?? "?"),
	json: (view, { bytes }) => {
		const value = readFloat(view, Number(bytes));
		// JSON has no infinities.
		return value !== undefined && Number.isFinite(value) ? value : null;
	},
};

/** A float or a double; undefined for other sizes, which JavaScript has no counterpart of. */
function readFloat(view: DataView, bytes: number): number | undefined {
	if (bytes === 4) return view.getFloat32(0, true);
	return bytes === 8 ? view.getFloat64(0, true) : undefined;
}

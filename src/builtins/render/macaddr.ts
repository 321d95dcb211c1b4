// macaddr: six bytes, `18:C0:4D:08:2E:BB`.
import type { OpaqueDefinition } from "../definition.ts";

export const renderMacaddr: OpaqueDefinition = {
	text: (bytes) =>
		[0, 1, 2, 3, 4, 5]
			.map((i) => bytes.getUint8(i).toString(16).padStart(2, "0"))
			.join(":")
			.toUpperCase(),
};

// kstack: the number of the stack, in an s64; negative where the stack could not be stored.
// `params.map` is the symbol of the stack map, `params.mode` how frames are written.
import { toByteString } from "../../base/byte-text.ts";
import type { OpaqueDefinition } from "../definition.ts";

export const renderKstack: OpaqueDefinition = {
	text: (bytes, params, host) => {
		const id = Number(bytes.getBigInt64(0, true));
		const frames = id < 0 ? [] : host.symbols.stack(String(params.map), id);
		const mode = String(params.mode ?? host.settings.stackMode);
		return toByteString(host.symbols.kernelStack(frames, mode));
	},
};

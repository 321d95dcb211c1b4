// ustack: `{ s64 id; u32 pid; u32 reserved; }`, 16 bytes; the id as in kstack, the pid in the host's namespace.
import { toByteString } from "../../base/byte-text.ts";
import type { OpaqueDefinition } from "../definition.ts";

export const renderUstack: OpaqueDefinition = {
	pidAt: 8,
	text: (bytes, params, host) => {
		const id = Number(bytes.getBigInt64(0, true));
		const frames = id < 0 ? [] : host.symbols.stack(String(params.map), id);
		const mode = String(params.mode ?? host.settings.stackMode);
		return toByteString(
			host.symbols.userStack(frames, bytes.getUint32(8, true), mode),
		);
	},
};

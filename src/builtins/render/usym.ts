// usym: `{ u64 address; u32 pid; u32 reserved; }`, 16 bytes. The process is found by its pid in the host's namespace.
import { toByteString } from "../../base/byte-text.ts";
import type { OpaqueDefinition } from "../definition.ts";

export const renderUsym: OpaqueDefinition = {
	pidAt: 8,
	text: (bytes, _params, host) =>
		toByteString(
			host.symbols.user(bytes.getBigUint64(0, true), bytes.getUint32(8, true)),
		),
};

// ksym: a kernel address in a u64.
import { toByteString } from "../../base/byte-text.ts";
import type { OpaqueDefinition } from "../definition.ts";

export const renderKsym: OpaqueDefinition = {
	text: (bytes, _params, host) =>
		toByteString(host.symbols.kernel(bytes.getBigUint64(0, true), false)),
};

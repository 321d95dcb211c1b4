// ksym: a kernel address in a u64.
import type { OpaqueDefinition } from "../definition.ts";

export const renderKsym: OpaqueDefinition = {
	text: (bytes, _params, host) =>
		host.symbols.kernel(bytes.getBigUint64(0, true), false),
};

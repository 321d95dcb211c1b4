// Names of probes that share a program: each is attached with a number of its own, its cookie.
import type { OpaqueType } from "../types/types.ts";
import type { Emitter, SystemCallFacts } from "./definition.ts";
import type { Host } from "./host.ts";
import { callIndex } from "./system-call.ts";

export function cookieType(name: string): OpaqueType {
	return { kind: "opaque", name, size: 8, align: 8, params: {} };
}

/** The number of the probe that fired; `first` is that of the program's first one. */
export function emitCookie(
	emitter: Emitter,
	call: SystemCallFacts | undefined,
	first: number,
): string {
	if (call?.numbers) return `(${first - 1}ULL + ${callIndex(emitter)})`;
	return emitter.once(
		"cookie",
		"u64",
		`bpf_get_attach_cookie(${emitter.context})`,
	);
}

export function nameAt(bytes: DataView, host: Host): string {
	return host.settings.probeNames[Number(bytes.getBigUint64(0, true))] ?? "";
}

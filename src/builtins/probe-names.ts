// Names of probes that share a program: each is attached with a number of its own, its cookie.
import type { OpaqueType } from "../types/types.ts";
import type { Emitter } from "./definition.ts";
import type { Host } from "./host.ts";

export function cookieType(name: string): OpaqueType {
	return { kind: "opaque", name, size: 8, align: 8, params: {} };
}

export function emitCookie(emitter: Emitter): string {
	return emitter.once(
		"cookie",
		"u64",
		`bpf_get_attach_cookie(${emitter.context})`,
	);
}

export function nameAt(bytes: DataView, host: Host): string {
	return host.settings.probeNames[Number(bytes.getBigUint64(0, true))] ?? "";
}

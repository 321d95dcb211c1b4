// Names of probes that share a program: each is attached with a number of its own, its cookie.
import type { OpaqueType } from "../types/types.ts";
import type { Emitter, ProbeFacts } from "./definition.ts";
import type { Host } from "./host.ts";
import { callIndex } from "./system-call.ts";

export function cookieType(name: string): OpaqueType {
	return { kind: "opaque", name, size: 8, align: 8, params: {} };
}

/** The number of the probe that fired. */
export function emitCookie(
	emitter: Emitter,
	{ call, nameNumber = 0 }: ProbeFacts,
): string {
	// The cookies of a program's probes follow each other.
	if (call?.numbers) return `(${nameNumber - 1}ULL + ${callIndex(emitter)})`;
	return emitter.once(
		"cookie",
		"u64",
		`bpf_get_attach_cookie(${emitter.context})`,
	);
}

export function nameAt(bytes: DataView, host: Host): string {
	return host.settings.probeNames[Number(bytes.getBigUint64(0, true))] ?? "";
}

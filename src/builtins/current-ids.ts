// Who runs: ids that the kernel gives in pairs, asked for once per event however many of them a script uses.
import type { Emitter } from "./definition.ts";

/** C text of process id (high half) and thread id (low half): as kask's own pid namespace has them, or the first one. */
export function pidAndTid(
	emitter: Emitter,
	namespace: string | undefined = "curr_ns",
): string {
	const own = emitter.machine.pidNamespace;
	if (own === undefined || namespace === "init")
		return emitter.once("pid_tgid", "u64", "bpf_get_current_pid_tgid()");
	emitter.include("namespaces");
	const within = `pid_tgid_within(${own.device}, ${own.inode})`;
	return emitter.once("own_pid_tgid", "u64", within);
}

/** C text of group id (high half) and user id (low half). */
export function gidAndUid(emitter: Emitter): string {
	return emitter.once("uid_gid", "u64", "bpf_get_current_uid_gid()");
}

export function highHalf(text: string): string {
	return `(${text} >> 32)`;
}

export function lowHalf(text: string): string {
	return `((u64)(u32)${text})`;
}

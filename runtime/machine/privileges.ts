// What this process may do, and why the kernel refused it what takes privilege.
import { readFileSync } from "node:fs";
import { Errno, type Failure, fail } from "../result.ts";
import { type Lockdown, readLockdown } from "./lockdown.ts";

/** Bits of capability sets, as in linux/capability.h; the last two came with Linux 5.8. */
const CAP_SYS_ADMIN = 21n;
const CAP_PERFMON = 38n;
const CAP_BPF = 39n;

export interface Privileges {
	/** Whether programs may be loaded and attached. */
	readonly trace: boolean;
	readonly root: boolean;
}

/** In a container root has few capabilities, and any user can be given some: the set counts, not the user. */
export function readPrivileges(): Privileges {
	return {
		trace: mayTrace(readFileSync("/proc/self/status", "utf8")),
		root: process.geteuid?.() === 0,
	};
}

/** `status` is the text of /proc/PID/status. */
export function mayTrace(status: string): boolean {
	const bits = /^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1];
	const set = BigInt(`0x${bits ?? 0}`);
	const has = (bit: bigint) => ((set >> bit) & 1n) === 1n;
	return has(CAP_SYS_ADMIN) || (has(CAP_BPF) && has(CAP_PERFMON));
}

/** The failure that tells why, when privilege or lockdown is the reason; `what` completes "no permission to". */
export function explainRefusal(
	what: string,
	errno: number,
	more: Pick<Failure, "log" | "program"> = {},
	privileges: Privileges = readPrivileges(),
	lockdown: Lockdown = readLockdown(),
): { readonly ok: false; readonly failure: Failure } | undefined {
	if (errno !== Errno.EPERM && errno !== Errno.EACCES) return undefined;
	if (!privileges.trace) return failUnprivileged(what, privileges, errno, more);
	const lockedDown = !["none", "unknown"].includes(lockdown);
	return lockedDown ? fail("E0703", { what }, errno, more) : undefined;
}

export function failUnprivileged(
	what: string,
	{ root }: Privileges,
	errno: number = Errno.EPERM,
	more: Pick<Failure, "log" | "program"> = {},
): { readonly ok: false; readonly failure: Failure } {
	return fail(root ? "E0715" : "E0702", { what }, errno, more);
}

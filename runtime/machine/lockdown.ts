// Kernel lockdown (CONFIG_SECURITY_LOCKDOWN_LSM), which Secure Boot switches on: it takes away reading kernel memory.
import { readFileSync } from "node:fs";

export type Lockdown = "none" | "integrity" | "confidentiality" | "unknown";

/** The mode in force; `unknown` where securityfs is not mounted and nothing can be said. */
export function readLockdown(path = "/sys/kernel/security/lockdown"): Lockdown {
	try {
		return parseLockdown(readFileSync(path, "utf8"));
	} catch {
		return "unknown";
	}
}

/** The file reads `none [integrity] confidentiality`: the mode in force stands in brackets. */
export function parseLockdown(text: string): Lockdown {
	const mode = /\[(\w+)\]/.exec(text)?.[1];
	return mode === "none" || mode === "integrity" || mode === "confidentiality"
		? mode
		: "unknown";
}

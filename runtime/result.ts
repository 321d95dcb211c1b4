// How the run time says what went wrong: as values that become diagnostics, never as exceptions.
import { constants } from "node:os";
import { getSystemErrorMap } from "node:util";
import type { MessageArgs } from "../src/base/diagnostics.ts";
import type { MessageCode } from "../src/base/messages.ts";

export interface Failure {
	/** Row of the message table, and what fills its slots. */
	readonly code: MessageCode;
	readonly args: MessageArgs;
	/** errno of the call that failed; 0 when none did. */
	readonly errno: number;
	/** Raw text of the kernel or of a library (a verifier log), unedited. */
	readonly log?: string | undefined;
	/** The program (its symbol in the object) that failed. */
	readonly program?: string | undefined;
}

export type Result<T> =
	| { readonly ok: true; readonly value: T }
	| { readonly ok: false; readonly failure: Failure };

export function succeed<T>(value: T): Result<T> {
	return { ok: true, value };
}

export function fail(
	code: MessageCode,
	args: MessageArgs,
	errno = 0,
	more: Pick<Failure, "log" | "program"> = {},
): { readonly ok: false; readonly failure: Failure } {
	return { ok: false, failure: { code, args, errno, ...more } };
}

/** errno numbers by name, as this platform has them. */
export const Errno = constants.errno;

/** The kernel's own ENOTSUPP, which reaches user space in places and has no name in libc. */
export const ENOTSUPP = 524;

/** "operation not permitted (EPERM)". */
export function describeErrno(errno: number): string {
	if (errno === ENOTSUPP)
		return "operation not supported by this kernel (ENOTSUPP)";
	const known = getSystemErrorMap().get(-errno);
	return known ? `${known[1]} (${known[0]})` : `error ${errno}`;
}

// An errno of an attach call as a failure that names the probe and, where it can be told, the reason.
import { readLockdown } from "../lockdown.ts";
import { describeErrno, Errno, type Failure, fail } from "../result.ts";
import type { AttachContext, Subject } from "./context.ts";

export function failAttach(
	context: AttachContext,
	subject: Subject,
	errno: number,
	why?: string,
): { readonly ok: false; readonly failure: Failure } {
	const { probe } = subject;
	if (errno === Errno.EMFILE || errno === Errno.ENFILE) {
		return fail("E0712", { probe, limit: context.fileLimit }, errno);
	}
	if (errno === Errno.EPERM || errno === Errno.EACCES) {
		if (process.geteuid?.() !== 0)
			return fail("E0702", { what: `attach ${probe}` }, errno);
		if (!["none", "unknown"].includes(readLockdown()))
			return fail("E0703", { what: `attach ${probe}` }, errno);
	}
	return fail("E0708", { probe, why: why ?? describeErrno(errno) }, errno);
}

// An errno of an attach call as a failure that names the probe and, where it can be told, the reason.
import { explainRefusal } from "../machine/privileges.ts";
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
	const refused = explainRefusal(`attach ${probe}`, errno);
	if (refused) return refused;
	return fail("E0708", { probe, why: why ?? describeErrno(errno) }, errno);
}

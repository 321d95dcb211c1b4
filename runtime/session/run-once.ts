// Programs that no event triggers (begin, end, self-tests): the run time runs them itself, here and now.
import { runProgram } from "../bpf/program.ts";
import type { Kernel } from "../ffi/kernel.ts";
import {
	describeErrno,
	ENOTSUPP,
	Errno,
	fail,
	type Result,
	succeed,
} from "../result.ts";

/** Twelve arguments are what a raw tracepoint can have. */
const CONTEXT_BYTES = 12 * 8;

/** Runs a program of section `raw_tp` once, and gives what it returns. `probe` is its name for messages. */
export function runOnce(
	kernel: Kernel,
	program: number,
	probe: string,
): Result<number> {
	const status = runProgram(
		kernel.libc,
		program,
		kernel.ffi.allocate(CONTEXT_BYTES),
	);
	if (status >= 0) return succeed(status);
	if (status === -ENOTSUPP || status === -Errno.ENOTSUP)
		return fail("E0707", { what: probe, since: "5.10" }, -status);
	return fail("E0708", { probe, why: describeErrno(-status) }, -status);
}

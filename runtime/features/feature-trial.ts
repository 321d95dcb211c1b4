// Trial programs for the features table: the smallest program of a type, loaded, used and closed again.
import { loadProgram, type ProgramShape } from "../bpf/program.ts";
import type { Memory } from "../ffi/ffi.ts";
import type { Kernel } from "../ffi/kernel.ts";

/** A function that every kernel has and lets be traced. */
export const TRIAL_FUNCTION = "vfs_read";

/** r0 = 0; exit */
const RETURN_ZERO = [
	0xb7, 0, 0, 0, 0, 0, 0, 0, 0x95, 0, 0, 0, 0, 0, 0, 0,
] as const;
const LOG_BYTES = 4096;

function instructions(kernel: Kernel, bytes: readonly number[]): Memory {
	const memory = kernel.ffi.allocate(bytes.length);
	memory.bytes.set(bytes);
	return memory;
}

export type TrialShape = Omit<ProgramShape, "instructions" | "log">;

/** Loads the smallest program of this shape and hands it to `use`. False when the kernel does not take it. */
export function loadTrial(
	kernel: Kernel,
	shape: TrialShape,
	use: (program: number) => boolean,
): boolean {
	const program = loadProgram(kernel.libc, {
		...shape,
		instructions: instructions(kernel, RETURN_ZERO),
	});
	return withFd(kernel, program, () => use(program));
}

/** Whether `fd` is one; it is closed after `use`. */
export function withFd(
	kernel: Kernel,
	fd: number,
	use: () => boolean = () => true,
): boolean {
	if (fd < 0) return false;
	try {
		return use();
	} finally {
		kernel.libc.call.close(fd);
	}
}

/**
 * Whether programs of a type may call a helper (its number in `enum bpf_func_id`). The call is made without arguments:
 * a verifier that knows the helper complains about those instead.
 */
export function hasHelper(
	kernel: Kernel,
	shape: TrialShape,
	helper: number,
): boolean {
	const log = logOfCall(kernel, shape, 0, helper);
	return log !== "" && !/unknown func|invalid func|cannot use helper/.test(log);
}

/** Whether programs of a type may call a function of the kernel's, by its BTF id. */
export function mayCallKernelFunction(
	kernel: Kernel,
	programType: number,
	id: number,
): boolean {
	const log = logOfCall(kernel, { type: programType }, PSEUDO_KFUNC, id);
	return log !== "" && !/ is not allowed|not supported/.test(log);
}

/** `BPF_PSEUDO_KFUNC_CALL` as source register of a call. */
const PSEUDO_KFUNC = 2;

/** What the verifier says to a call without arguments; "accepted" where it has nothing against it. */
function logOfCall(
	kernel: Kernel,
	shape: TrialShape,
	source: number,
	id: number,
): string {
	const number = [0, 8, 16, 24].map((shift) => (id >>> shift) & 0xff);
	const call = [0x85, source << 4, 0, 0, ...number];
	const log = kernel.ffi.allocate(LOG_BYTES);
	const code = instructions(kernel, [...call, ...RETURN_ZERO]);
	const program = loadProgram(kernel.libc, {
		...shape,
		instructions: code,
		log,
	});
	if (withFd(kernel, program)) return "accepted";
	const text = Buffer.from(log.bytes).toString("latin1");
	return text.slice(0, text.indexOf("\0"));
}

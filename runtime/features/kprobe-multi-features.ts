// Ways to attach one program to many kernel functions, as rows of the features table.
import { AttachType, linkKprobeMulti } from "../bpf/link.ts";
import { ProgramType } from "../bpf/program.ts";
import type { Kernel } from "../ffi/kernel.ts";
import { loadTrial, TRIAL_FUNCTION, withFd } from "./feature-trial.ts";

/** Only attaching tells: older kernels load programs of any attach type. */
function mayAttach(kernel: Kernel, session: boolean): boolean {
	const expectedAttachType = session
		? AttachType.kprobeSession
		: AttachType.kprobeMulti;
	const shape = { type: ProgramType.kprobe, expectedAttachType };
	const functions = [TRIAL_FUNCTION];
	return loadTrial(kernel, shape, (program) =>
		withFd(
			kernel,
			linkKprobeMulti(kernel.libc, program, { functions, ret: false, session }),
		),
	);
}

export const kprobeMultiRows = [
	{
		name: "kprobe_multi",
		since: "5.18",
		config: "CONFIG_FPROBE",
		about: "many kprobes with one link",
		attempt: (kernel: Kernel) => mayAttach(kernel, false),
	},
	{
		name: "kprobe_session",
		since: "6.10",
		config: "CONFIG_FPROBE",
		about: "one program for entry and return of many functions",
		attempt: (kernel: Kernel) => mayAttach(kernel, true),
	},
] as const;

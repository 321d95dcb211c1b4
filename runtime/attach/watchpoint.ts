// Watchpoints: the processor's own breakpoints on memory, a handful per CPU. In one process, or for all on every CPU.
import { threadsOf } from "../machine/process-files.ts";
import { Errno } from "../result.ts";
import { type Attach, attachEach } from "./context.ts";
import { attachToEvent, PerfType, perfAttr } from "./perf-event.ts";

/** HW_BREAKPOINT_R, _W and _X of linux/hw_breakpoint.h. */
const accessBits: Readonly<Record<string, number>> = { r: 1, w: 2, x: 4 };
/** The only length that the kernel takes for instructions: sizeof(long). */
const instructionLength = 8;
/** `inherit` of perf_event_attr: threads and children that are started later are watched too. */
const inheritFlag = 1 << 1;

export const attachWatchpoint: Attach<"watchpoint"> = (
	context,
	subject,
	target,
) => {
	const { libc, onlineCpus: cpus } = context;
	const { mode, length, pid } = target;
	const access = [...mode].reduce(
		(bits, letter) => bits | (accessBits[letter] ?? 0),
		0,
	);
	// Every single access: a period of one.
	const attr = perfAttr(libc, PerfType.breakpoint, 0)
		.u64(16, 1)
		.u64(40, inheritFlag)
		.u32(52, access)
		.u64(56, BigInt(target.address))
		.u64(64, mode === "x" ? instructionLength : length);
	if (pid === -1) {
		const attach = (cpu: number) =>
			attachToEvent(context, subject, attr, { pid, cpu });
		// One of them may have gone offline since the list was read.
		const gone = cpus.length > 1 ? Errno.ENODEV : undefined;
		return attachEach(libc, cpus, attach, gone);
	}
	const threads = threadsOf(pid);
	return attachEach(
		libc,
		threads,
		(thread) => attachToEvent(context, subject, attr, { pid: thread, cpu: -1 }),
		threads.length > 1 ? Errno.ESRCH : undefined,
	);
};

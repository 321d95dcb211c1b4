// Watchpoints: the processor's own breakpoints on memory, a handful per CPU. In one process, or for all on every CPU.
import { Errno } from "../result.ts";
import { type Attach, attachEach } from "./context.ts";
import { attachToEvent, PerfType, perfAttr } from "./perf-event.ts";

/** HW_BREAKPOINT_R, _W and _X of linux/hw_breakpoint.h. */
const accessBits: Readonly<Record<string, number>> = { r: 1, w: 2, x: 4 };

export const attachWatchpoint: Attach<"watchpoint"> = (
	context,
	subject,
	target,
) => {
	const access = [...target.mode].reduce(
		(bits, letter) => bits | (accessBits[letter] ?? 0),
		0,
	);
	// Every single access: a period of one.
	const attr = perfAttr(context.libc, PerfType.breakpoint, 0)
		.u64(16, 1)
		.u32(52, access)
		.u64(56, BigInt(target.address))
		.u64(64, target.length);
	if (target.pid !== -1)
		return attachToEvent(context, subject, attr, { pid: target.pid, cpu: -1 });
	const cpus = context.onlineCpus;
	return attachEach(
		context.libc,
		cpus,
		(cpu) => attachToEvent(context, subject, attr, { pid: -1, cpu }),
		// One of them may have gone offline since the list was read.
		cpus.length > 1 ? Errno.ENODEV : undefined,
	);
};

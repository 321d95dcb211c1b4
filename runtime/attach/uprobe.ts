// uprobes and uretprobes at a file offset: one by one through perf, or many of one file in one link (uprobe multi, 6.6).
import { linkUprobeMulti, type UprobeMulti } from "../bpf/link.ts";
import { Errno, fail } from "../result.ts";
import { type Attach, type AttachContext, anyCpu } from "./context.ts";
import { failAttach } from "./failure.ts";
import { attachToEvent, perfAttr } from "./perf-event.ts";
import { readProbeSource } from "./probe-pmu.ts";

export const attachUprobe: Attach<"uprobe"> = (context, subject, target) => {
	const source = readProbeSource("uprobe");
	if (!source)
		return fail("E0707", {
			what: "uprobe",
			since: "4.17 (CONFIG_UPROBE_EVENTS)",
		});
	const semaphore = BigInt(target.semaphore) << BigInt(source.semaphoreShift);
	const attr = perfAttr(
		context.libc,
		source.type,
		(target.ret ? source.returnConfig : 0n) | semaphore,
	)
		.string(56, target.path)
		.u64(64, target.offset);
	const cpu = target.pid === -1 ? anyCpu(context) : -1;
	const result = attachToEvent(context, subject, attr, {
		pid: target.pid,
		cpu,
	});
	if (result.ok) return result;
	return failAttach(
		context,
		subject,
		result.failure.errno,
		explain(result.failure.errno, target.path),
	);
};

function explain(errno: number, path: string): string | undefined {
	if (errno === Errno.ENOENT) return `${path} is not there`;
	if (errno === Errno.ESRCH) return "that process has ended";
	if (errno === Errno.EINVAL)
		return `the place does not lie in the code of ${path}`;
	return undefined;
}

export interface UprobeGroup extends Omit<UprobeMulti, "pid"> {
	readonly fd: number;
	/** -1 for all processes. */
	readonly pid: number;
}

/** The program must be of the expected attach type uprobe multi. A link's fd, or -errno: all places or none. */
export function attachUprobeGroup(
	context: AttachContext,
	group: UprobeGroup,
): number {
	return linkUprobeMulti(context.libc, group.fd, {
		...group,
		pid: Math.max(0, group.pid),
	});
}

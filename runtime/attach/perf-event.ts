// Programs on perf events: the base of tracepoints, kprobes and uprobes, and of software, hardware and clock events.
import { Attr } from "../bpf/attr.ts";
import { linkPerfEvent } from "../bpf/link.ts";
import type { Libc } from "../ffi/libc.ts";
import { Errno, type Result, succeed } from "../result.ts";
import {
	type Attach,
	type AttachContext,
	type Attachment,
	anyCpu,
	attachEach,
	type Subject,
} from "./context.ts";
import { failAttach } from "./failure.ts";
import { excessiveRate } from "./sample-rate.ts";

export const PerfType = {
	hardware: 0,
	software: 1,
	tracepoint: 2,
	breakpoint: 5,
} as const;

const PERF_COUNT_SW_CPU_CLOCK = 0;
const ATTR_BYTES = 112;
const FREQUENCY_FLAG = 1 << 10;
const IOC_SET_BPF = 0x40042408;

/** `struct perf_event_attr` with its type and config. */
export function perfAttr(
	libc: Libc,
	type: number,
	config: number | bigint,
): Attr {
	return new Attr(libc.ffi, ATTR_BYTES)
		.u32(0, type)
		.u32(4, ATTR_BYTES)
		.u64(8, config);
}

/** Opens one event and puts the program on it; `why` it may not open, where that is known. `pid` -1: every process; `cpu` -1: every CPU that the process runs on. */
export function attachToEvent(
	context: AttachContext,
	subject: Subject,
	attr: Attr,
	where: { readonly pid: number; readonly cpu: number },
	why?: string,
): Result<Attachment> {
	const { libc } = context;
	const event = libc.perfEventOpen(attr, where.pid, where.cpu);
	if (event < 0) return failAttach(context, subject, -event, why);
	const link = linkPerfEvent(libc, subject.fd, event, subject.cookie ?? 0);
	if (link >= 0) return succeed({ links: [link], events: [event] });
	// Links of perf events came with 5.15; the older way knows no cookie.
	if (
		link === -Errno.EINVAL &&
		!subject.cookie &&
		libc.call.ioctl(event, IOC_SET_BPF, subject.fd) === 0
	) {
		return succeed({ links: [], events: [event] });
	}
	libc.call.close(event);
	return failAttach(context, subject, -link);
}

/** The same event on several CPUs. One of them may have gone offline since the list was read. */
function attachOnCpus(
	context: AttachContext,
	subject: Subject,
	attr: Attr,
	cpus: readonly number[],
	why?: string,
): Result<Attachment> {
	const attach = (cpu: number) =>
		attachToEvent(context, subject, attr, { pid: -1, cpu }, why);
	return attachEach(
		context.libc,
		cpus,
		attach,
		cpus.length > 1 ? Errno.ENODEV : undefined,
	);
}

/** Software and hardware events, each `period` occurrences, per CPU or within one process. */
export const attachPerfEvent: Attach<"perf_event"> = (
	context,
	subject,
	target,
) => {
	const attr = perfAttr(context.libc, target.type, target.config).u64(
		16,
		target.period,
	);
	if (target.pid === -1)
		return attachOnCpus(context, subject, attr, context.onlineCpus);
	return attachToEvent(context, subject, attr, { pid: target.pid, cpu: -1 });
};

function clockAttr(
	libc: Libc,
	unit: "period" | "frequency",
	every: number,
): Attr {
	const attr = perfAttr(libc, PerfType.software, PERF_COUNT_SW_CPU_CLOCK).u64(
		16,
		every,
	);
	return unit === "frequency" ? attr.u64(40, FREQUENCY_FLAG) : attr;
}

/** On every CPU. */
export const attachProfile: Attach<"profile"> = (context, subject, target) =>
	attachOnCpus(
		context,
		subject,
		clockAttr(context.libc, target.unit, target.every),
		context.onlineCpus,
		excessiveRate(target),
	);

/** On one CPU: it is a timer. */
export const attachInterval: Attach<"interval"> = (
	context,
	subject,
	target,
) => {
	const attr = clockAttr(context.libc, target.unit, target.every);
	const where = { pid: -1, cpu: anyCpu(context) };
	return attachToEvent(context, subject, attr, where, excessiveRate(target));
};

// kprobes and kretprobes: one by one through perf, or many in one link (kprobe multi, since 5.18).
import { linkKprobeMulti } from "../bpf/link.ts";
import { Errno, fail } from "../result.ts";
import {
	type Attach,
	type AttachContext,
	anyCpu,
	attachEach,
} from "./context.ts";
import { failAttach } from "./failure.ts";
import { attachToEvent, perfAttr } from "./perf-event.ts";
import { readProbeSource } from "./probe-pmu.ts";

export const attachKprobe: Attach<"kprobe"> = (context, subject, target) => {
	const source = readProbeSource("kprobe");
	if (!source) return noKprobes();
	const where = { pid: -1, cpu: anyCpu(context) };
	const makeAttr = () =>
		perfAttr(context.libc, source.type, target.ret ? source.returnConfig : 0);
	if (target.module === undefined) {
		const attr = makeAttr().string(56, target.function).u64(64, target.offset);
		const byName = attachToEvent(context, subject, attr, where);
		if (byName.ok) return byName;
		const { errno } = byName.failure;
		if (knownErrors.has(errno)) {
			return failAttach(context, subject, errno, explain(errno, target.offset));
		}
		// Kernels since 6.7 refuse a name that several functions have.
		if (errno !== Errno.EADDRNOTAVAIL) return byName;
	}
	const addresses = context.resolveFunction(target.function, target.module);
	if (addresses.length === 0)
		return failAttach(
			context,
			subject,
			Errno.ENOENT,
			explain(Errno.ENOENT, target.offset),
		);
	return attachEach(context.libc, addresses, (address) =>
		attachToEvent(
			context,
			subject,
			makeAttr().u64(64, address + BigInt(target.offset)),
			where,
		),
	);
};

export const attachKprobeAddress: Attach<"kprobe_address"> = (
	context,
	subject,
	target,
) => {
	const source = readProbeSource("kprobe");
	if (!source) return noKprobes();
	const attr = perfAttr(context.libc, source.type, 0);
	attr.u64(64, BigInt(`0x${target.address}`));
	const where = { pid: -1, cpu: anyCpu(context) };
	const attached = attachToEvent(context, subject, attr, where);
	if (attached.ok || !knownErrors.has(attached.failure.errno)) return attached;
	const why = "no instruction of the kernel that can be traced begins there";
	return failAttach(context, subject, attached.failure.errno, why);
};

function noKprobes() {
	const since = "4.17 (CONFIG_KPROBE_EVENTS)";
	return fail("E0707", { what: "kprobe", since });
}

/** No such function; not to be probed; not where an instruction begins. */
const knownErrors = new Set([Errno.ENOENT, Errno.EINVAL, Errno.EILSEQ]);

function explain(errno: number, offset: number): string {
	if (errno === Errno.ENOENT)
		return "this kernel has no such function, or forbids to trace it";
	return offset === 0
		? "this kernel forbids to trace it"
		: `no instruction that can be traced begins at +${offset}`;
}

export interface KprobeGroup {
	readonly fd: number;
	readonly functions: readonly string[];
	readonly cookies?: readonly number[] | undefined;
	readonly ret: boolean;
}

/** The program must be of the expected attach type kprobe multi. A link's fd, or -errno: all functions or none. */
export function attachKprobeGroup(
	context: AttachContext,
	group: KprobeGroup,
): number {
	return linkKprobeMulti(context.libc, group.fd, group);
}

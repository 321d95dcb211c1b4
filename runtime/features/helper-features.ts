// Helper functions of the kernel that not every supported kernel has, as rows of the features table.
import { AttachType } from "../bpf/link.ts";
import { ProgramType } from "../bpf/program.ts";
import type { Kernel } from "../ffi/kernel.ts";
import { hasHelper } from "./feature-trial.ts";

function row<const Name extends string>(
	name: Name,
	helper: number,
	since: string,
	about: string,
) {
	return {
		name,
		since,
		about,
		attempt: (kernel: Kernel) =>
			hasHelper(kernel, { type: ProgramType.kprobe }, helper),
	};
}

const D_PATH = 147;

/** Only tracing programs may, and those of iterators always. */
function mayNamePaths(kernel: Kernel): boolean {
	const attachBtfId = kernel.libbpf.libbpf_find_vmlinux_btf_id(
		"task",
		AttachType.iterator,
	);
	if (attachBtfId <= 0) return false;
	const shape = {
		type: ProgramType.tracing,
		expectedAttachType: AttachType.iterator,
		attachBtfId,
	};
	return hasHelper(kernel, shape, D_PATH);
}

const SKB_OUTPUT = 111;

/** Only tracing programs may. */
function maySendPackets(kernel: Kernel): boolean {
	const attachBtfId = kernel.libbpf.libbpf_find_vmlinux_btf_id(
		"kfree_skb",
		AttachType.rawTp,
	);
	if (attachBtfId <= 0) return false;
	const shape = {
		type: ProgramType.tracing,
		expectedAttachType: AttachType.rawTp,
		attachBtfId,
	};
	return hasHelper(kernel, shape, SKB_OUTPUT);
}

/** `helper` is its number in `enum bpf_func_id`. */
export const helperRows = [
	row("write_user", 36, "4.8", "write_user(); lockdown forbids it"),
	row("override", 58, "4.16", "override()"),
	row("send_signal", 109, "5.3", "signal()"),
	{
		name: "skboutput",
		since: "5.5",
		about: "skboutput()",
		attempt: (kernel: Kernel) => maySendPackets(kernel),
	},
	row("probe_read_kernel", 113, "5.5", "reading memory by address space"),
	row("jiffies64", 118, "5.5", "jiffies"),
	row("get_ktime_boot_ns", 125, "5.8", "nsecs that go on during suspend"),
	{
		name: "dpath",
		since: "5.10",
		about: "path()",
		attempt: (kernel: Kernel) => mayNamePaths(kernel),
	},
	row("for_each_map_elem", 164, "5.13", "for loops over maps"),
	row("get_func_ip", 173, "5.15", "func in kprobes and uprobes"),
	row("get_attach_cookie", 174, "5.15", "probe in programs of many probes"),
	row("task_pt_regs", 175, "5.15", "dw_ustack"),
	row("loop", 181, "5.17", "for loops over long ranges"),
	row("lookup_percpu_elem", 195, "5.19", "reading counters while running"),
	row("get_tai_ns", 208, "6.1", "nsecs(tai)"),
] as const;

// Helper functions of the kernel that not every supported kernel has, as rows of the features table.
import { ProgramType } from "./bpf-program.ts";
import { hasHelper } from "./feature-trial.ts";
import type { Kernel } from "./kernel.ts";

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
		attempt: (kernel: Kernel) => hasHelper(kernel, ProgramType.kprobe, helper),
	};
}

/** `helper` is its number in `enum bpf_func_id`. */
export const helperRows = [
	row("send_signal", 109, "5.3", "signal()"),
	row("probe_read_kernel", 113, "5.5", "reading memory by address space"),
	row("jiffies64", 118, "5.5", "jiffies"),
	row("get_ktime_boot_ns", 125, "5.8", "nsecs that go on during suspend"),
	row("for_each_map_elem", 164, "5.13", "for loops over maps"),
	row("get_func_ip", 173, "5.15", "func in kprobes and uprobes"),
	row("get_attach_cookie", 174, "5.15", "probe in programs of many probes"),
	row("loop", 181, "5.17", "for loops over long ranges"),
	row("lookup_percpu_elem", 195, "5.19", "reading counters while running"),
	row("get_tai_ns", 208, "6.1", "nsecs(tai)"),
] as const;

// A machine as far as a user without rights may look into it: types and tracepoints by BTF, features by the kernel's
// version. Enough to compile a script, not to run it.

import { readProbeSource } from "../../runtime/attach/probe-pmu.ts";
import type { Features } from "../../runtime/features/features.ts";
import { featureRows } from "../../runtime/features/features.ts";
import {
	parseKernelVersion,
	readKernelVersion,
} from "../../runtime/machine/kernel-version.ts";
import { type Failure, fail } from "../../runtime/result.ts";
import type { Missing } from "../explain/explanation.ts";
import type { ProbeEnvironment } from "../probes/definition.ts";
import { btfTracepoint } from "../types/btf-tracepoints.ts";

/** What files that all may read say of the kernel. */
const visible: Readonly<Record<string, () => boolean>> = {
	kprobe: () => readProbeSource("kprobe") !== undefined,
	uprobe: () => readProbeSource("uprobe") !== undefined,
};

/** What is not to be seen is taken to be there where the kernel is new enough for it. */
export function featuresByVersion(): Features {
	const running = readKernelVersion();
	return {
		has(name) {
			const known = visible[name]?.();
			if (known !== undefined) return known;
			const row = featureRows.find((candidate) => candidate.name === name);
			const since = parseKernelVersion(row?.since ?? "999");
			return (
				running.major > since.major ||
				(running.major === since.major && running.minor >= since.minor)
			);
		},
	};
}

/** Tracepoints by BTF. Categories are taken as they are written; `report` is told where they would have to be known. */
export function withBtfTracepoints(
	probes: ProbeEnvironment,
	report: (failure: Failure) => void,
): ProbeEnvironment {
	const types = probes.kernelTypes;
	const names = () => [...probes.rawTracepoints().keys()].sort();
	return {
		...probes,
		tracepointCategories: () => {
			const what = "tell which tracepoints there are";
			report(fail("E0702", { what }).failure);
			return undefined;
		},
		tracepointEvents: (category) =>
			category === "syscalls" ? callEvents(probes) : names(),
		tracepointFormat: (category, event) =>
			types && btfTracepoint(category, event, types),
		tracepointDeclarations: () => [],
	};
}

/** The functions behind the calls have their architecture in their names. */
const callFunction = /^__(?:x64|arm64|riscv)_sys_(\w+)$/;

function callEvents({ kernelTypes }: ProbeEnvironment): string[] {
	const calls = [...(kernelTypes?.functionNames() ?? [])]
		.map((name) => callFunction.exec(name)?.[1])
		.filter((name) => name !== undefined);
	return calls.flatMap((name) => [`sys_enter_${name}`, `sys_exit_${name}`]);
}

export const assumptions: Missing = {
	what: "that this kernel has the tracepoints in their categories, and all that the script needs of it",
	why: "tracefs and bpf(2) are for root; types come from BTF, the parameters of system calls from a list, and features are judged by the kernel's version",
	help: "kask doctor SCRIPT, as root, looks",
};

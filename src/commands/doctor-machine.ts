// `kask doctor`: what this machine offers for tracing, what it lacks, and how to get it.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { loadLibdw } from "../../runtime/dwarf/libdw.ts";
import {
	type FeatureRow,
	featureRows,
} from "../../runtime/features/features.ts";
import { koffiFfi } from "../../runtime/ffi/koffi.ts";
import { readKernelVersion } from "../../runtime/machine/kernel-version.ts";
import { readLockdown } from "../../runtime/machine/lockdown.ts";
import {
	type Privileges,
	readPrivileges,
} from "../../runtime/machine/privileges.ts";
import { messages } from "../base/messages.ts";
import type { ProbeProvider } from "../probes/definition.ts";
import { allProviders } from "../probes/index.ts";
import type { Machine } from "./machine.ts";

/** One thing that was looked at. */
export interface Finding {
	readonly name: string;
	/** `unknown` where only root could tell; `fact` where the detail is the answer. */
	readonly state: "yes" | "no" | "unknown" | "fact";
	readonly detail: string;
	/** How to get what is missing. */
	readonly help?: string | undefined;
}

export interface Section {
	readonly title: string;
	readonly findings: readonly Finding[];
}

export function examineMachine(machine: Machine): readonly Section[] {
	const privileges = readPrivileges();
	const able = privileges.trace;
	return [
		{ title: "System", findings: systemFindings(machine, privileges) },
		{
			title: "Probes",
			findings: allProviders.map((p) => probeFinding(p, machine, able)),
		},
		{
			title: "Kernel features",
			findings: featureRows.map((row) => featureFinding(row, machine, able)),
		},
		{ title: "Limits", findings: limitFindings() },
	];
}

function systemFindings(
	machine: Machine,
	{ root, trace }: Privileges,
): readonly Finding[] {
	const kernel = machine.kernel();
	const { text } = readKernelVersion();
	const lockdown = readLockdown();
	return [
		{ name: "kernel", state: "fact", detail: `${text} ${process.arch}` },
		finding(
			"root",
			trace,
			"loading programs into the kernel",
			root ? messages.E0715.help : "run kask as root: sudo kask …",
		),
		{
			name: "lockdown",
			state: "fact",
			detail: lockdown,
			help:
				lockdown === "integrity" || lockdown === "confidentiality"
					? "fentry and fexit are forbidden; tracepoints work. Secure Boot switches it on"
					: undefined,
		},
		finding(
			"btf",
			existsSync("/sys/kernel/btf/vmlinux"),
			"types of the kernel",
			"a kernel built with CONFIG_DEBUG_INFO_BTF (Debian 11, Ubuntu 20.10, Fedora 32 and newer have it)",
		),
		finding(
			"tracefs",
			root ? machine.tracefs().ok : existsSync("/sys/kernel/tracing/README"),
			"tracepoints and their fields",
			"mount -t tracefs nodev /sys/kernel/tracing",
			root,
		),
		clangFinding(),
		finding(
			"libbpf",
			kernel.ok,
			kernel.ok
				? (kernel.value.libbpf.libbpf_version_string() ?? "")
				: "libbpf.so.1",
			"apt-get install libbpf1",
		),
		finding(
			"libdw",
			loadLibdw(koffiFfi) !== undefined,
			"debug information of programs",
			"apt-get install libdw1",
		),
	];
}

function finding(
	name: string,
	ok: boolean,
	detail: string,
	help: string,
	known = true,
): Finding {
	const state = ok ? "yes" : known ? "no" : "unknown";
	return { name, state, detail, help: ok ? undefined : help };
}

function clangFinding(): Finding {
	const { stdout } = spawnSync("clang", ["--version"], { encoding: "utf8" });
	const version = /version (\S+)/.exec(stdout ?? "")?.[1];
	return finding(
		"clang",
		version !== undefined,
		version ?? "compiles scripts",
		"apt-get install clang",
	);
}

function probeFinding(
	provider: ProbeProvider,
	machine: Machine,
	able: boolean,
): Finding {
	const { name, needs, fires } = provider;
	const detail = `fires ${fires}`;
	if (needs === undefined) return { name, state: "yes", detail };
	const row = featureRows.find((r) => r.name === needs);
	return {
		...(row ? featureFinding(row, machine, able) : { state: "unknown" }),
		name,
		detail,
	};
}

function featureFinding(
	row: FeatureRow,
	machine: Machine,
	able: boolean,
): Finding {
	const { name, about, since, config } = row;
	const detail = `${about}; Linux ${since}`;
	// Without root most trials end with EPERM, which says nothing of the kernel.
	if (!able)
		return { name, state: "unknown", detail, help: "only root can try it" };
	const here = featureRows.find((r) => r.name === name);
	const ok = here !== undefined && machine.features()?.has(here.name) === true;
	return {
		name,
		state: ok ? "yes" : "no",
		detail,
		help: ok ? undefined : howToGet(since, config),
	};
}

function howToGet(since: string, config: string | undefined): string {
	const version = readKernelVersion();
	const [major = 0, minor = 0] = since.split(".").map(Number);
	const [own, ownMinor] = version.text
		.split(".")
		.map((part) => Number.parseInt(part, 10));
	const older =
		(own ?? 0) < major || (own === major && (ownMinor ?? 0) < minor);
	if (older) return `Linux ${since} or newer`;
	return config === undefined
		? "this kernel or machine is built without it, or forbids it"
		: `a kernel built with ${config} that is not locked down`;
}

const limits: readonly (readonly [path: string, about: string])[] = [
	[
		"/proc/sys/kernel/perf_event_paranoid",
		"who may use perf events without root",
	],
	[
		"/proc/sys/kernel/unprivileged_bpf_disabled",
		"whether bpf() takes root (0: no)",
	],
	[
		"/proc/sys/kernel/kptr_restrict",
		"whether kernel addresses are hidden (2: from root as well)",
	],
	[
		"/proc/sys/kernel/perf_event_max_sample_rate",
		"samples a second of profile and hardware probes",
	],
	[
		"/proc/sys/kernel/bpf_stats_enabled",
		"whether the kernel measures what programs cost",
	],
];

function limitFindings(): readonly Finding[] {
	const files = limits.flatMap(([path, about]): readonly Finding[] => {
		const value = readLine(path);
		const name = path.split("/").at(-1) ?? path;
		return value === undefined
			? []
			: [{ name, state: "fact", detail: `${value} (${about})` }];
	});
	return [...files, ...processLimits()];
}

function processLimits(): readonly Finding[] {
	const text = readLine("/proc/self/limits", true) ?? "";
	const row = (
		label: string,
		name: string,
		about: string,
	): readonly Finding[] => {
		const value = new RegExp(`^${label} +(\\S+)`, "m").exec(text)?.[1];
		return value === undefined
			? []
			: [{ name, state: "fact", detail: `${value} (${about})` }];
	};
	return [
		...row("Max open files", "open files", "each attached probe may take one"),
		...row(
			"Max locked memory",
			"locked memory",
			"bytes; counts before Linux 5.11 only",
		),
	];
}

function readLine(path: string, whole = false): string | undefined {
	try {
		const text = readFileSync(path, "utf8");
		return whole ? text : text.trim();
	} catch {
		return undefined;
	}
}

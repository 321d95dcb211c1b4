// `kask --info`: what this machine offers, one row a feature, readable by people and by scripts.

import { existsSync, readFileSync } from "node:fs";
import { loadLibdw } from "../../runtime/dwarf/libdw.ts";
import { featureRows, makeFeatures } from "../../runtime/features/features.ts";
import { openKernel } from "../../runtime/ffi/kernel.ts";
import { koffiFfi } from "../../runtime/ffi/koffi.ts";
import { readKernelVersion } from "../../runtime/machine/kernel-version.ts";
import { readLockdown } from "../../runtime/machine/lockdown.ts";
import type { Diagnostics } from "../base/diagnostics.ts";
import { addFailure } from "./report.ts";

/** Text of the whole report; undefined after a failure. */
export function infoText(
	version: string,
	diagnostics: Diagnostics,
): string | undefined {
	const kernel = openKernel(koffiFfi);
	if (!kernel.ok) {
		addFailure(diagnostics, kernel.failure);
		return undefined;
	}
	const features = makeFeatures(kernel.value);
	const yes = (value: boolean) => (value ? "yes" : "no");
	const rows = featureRows.map(
		(row) =>
			`  ${row.name}: ${yes(features.has(row.name))}  (${row.about}; Linux ${row.since})`,
	);
	return [
		`kask ${version}`,
		"",
		"System",
		`  OS: ${osName()}`,
		`  Kernel: ${readKernelVersion().text} ${process.arch}`,
		`  Lockdown: ${readLockdown()}`,
		`  tracefs: ${yes(existsSync("/sys/kernel/tracing/events") || existsSync("/sys/kernel/debug/tracing/events"))}`,
		`  root: ${yes(process.geteuid?.() === 0)}`,
		"",
		"Kernel features",
		...rows,
		"",
		"Libraries",
		`  libdw (DWARF support): ${yes(loadLibdw(koffiFfi) !== undefined)}`,
		`  dwunwind (DWARF stack unwinding): ${yes(process.arch === "x64" && features.has("btf") && features.has("task_pt_regs"))}`,
		"",
	].join("\n");
}

function osName(): string {
	try {
		return (
			/^PRETTY_NAME="?([^"\n]*)/m.exec(
				readFileSync("/etc/os-release", "utf8"),
			)?.[1] ?? "Linux"
		);
	} catch {
		return "Linux";
	}
}

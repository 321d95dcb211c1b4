// This machine as the commands see it: the kernel opened on first need, and what it offers for probes.
import { readFileSync } from "node:fs";
import { makeOpenDebugInfo } from "../../runtime/dwarf/open.ts";
import {
	type Features,
	featureRows,
	findFeature,
	makeFeatures,
} from "../../runtime/features/features.ts";
import { type Kernel, openKernel } from "../../runtime/ffi/kernel.ts";
import { koffiFfi } from "../../runtime/ffi/koffi.ts";
import { createProbeEnvironment } from "../../runtime/machine/probe-environment.ts";
import { ensureTracefs, findTracefs } from "../../runtime/machine/tracefs.ts";
import { fail, type Result } from "../../runtime/result.ts";
import { makeDemangle } from "../../runtime/symbols/demangle.ts";
import type { Diagnostics } from "../base/diagnostics.ts";
import { nearestName } from "../base/suggest.ts";
import type { ProbeEnvironment } from "../probes/definition.ts";
import type { Options } from "./options.ts";
import { addFailure } from "./report.ts";

export interface Machine {
	/** Loads libbpf; nothing of it is needed to parse and to list. */
	kernel(): Result<Kernel>;
	features(): Features | undefined;
	tracefs(): Result<string>;
	readonly probes: ProbeEnvironment;
}

/** `assumed`: what the kernel is taken to have where it cannot be asked. */
export function openMachine(
	options: Pick<
		Options,
		"pid" | "unsafe" | "noFeatures" | "debugFolders" | "traceableFunctions"
	>,
	diagnostics: Diagnostics,
	assumed?: Features,
): Machine {
	const off = featuresOff(options.noFeatures, diagnostics);
	const kernel = once(() => openKernel(koffiFfi));
	const features = once(() => {
		if (assumed) return without(assumed, off);
		const opened = kernel();
		return opened.ok ? without(makeFeatures(opened.value), off) : undefined;
	});
	const tracefs = once((): Result<string> => {
		const found = findTracefs();
		if (found !== undefined) return { ok: true, value: found };
		const opened = kernel();
		return opened.ok
			? ensureTracefs(opened.value.libc)
			: fail("E0709", { why: "libbpf is missing" });
	});
	const probes = createProbeEnvironment({
		pid: options.pid ?? -1,
		unsafe: options.unsafe,
		features,
		kernel: () => {
			const opened = kernel();
			return opened.ok ? opened.value : undefined;
		},
		tracefs,
		traceable: readTraceable(options.traceableFunctions, diagnostics),
		demangle: makeDemangle(() => koffiFfi),
		debugInfo: makeOpenDebugInfo(() => koffiFfi, options.debugFolders),
		report: (failure) => addFailure(diagnostics, failure),
	});
	return { kernel, features, tracefs, probes };
}

/** Lines as the kernel's own list has them: `symbol` or `symbol [module]`. */
function readTraceable(
	path: string | undefined,
	diagnostics: Diagnostics,
): ReadonlySet<string> | undefined {
	if (path === undefined) return undefined;
	try {
		const lines = readFileSync(path, "utf8").split("\n");
		return new Set(lines.map((line) => line.trim().split(/\s/, 1)[0] ?? ""));
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		diagnostics.report("E0804", { path, why });
		return new Set();
	}
}

/** `--no-feature a,b`; a name written wrong would switch nothing off. */
function featuresOff(
	given: readonly string[],
	diagnostics: Diagnostics,
): ReadonlySet<string> {
	const names = given.flatMap((n) => n.split(","));
	for (const value of names) {
		if (findFeature(value)) continue;
		const known = featureRows.map((row) => row.name);
		const near = nearestName(value, known);
		const wanted = "features that kask --info lists";
		diagnostics.report(
			"E0803",
			{ name: "--no-feature", value, wanted },
			near ? { help: `did you mean ${near}?` } : {},
		);
	}
	return new Set(names);
}

/** As if the kernel lacked them. */
function without(features: Features, off: ReadonlySet<string>): Features {
	return { has: (name) => !off.has(name) && features.has(name) };
}

function once<T>(make: () => T): () => T {
	let made: { readonly value: T } | undefined;
	return () => {
		made ??= { value: make() };
		return made.value;
	};
}

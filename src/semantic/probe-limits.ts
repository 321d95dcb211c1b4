// How much one script may attach and load: a slip of a wildcard shall not do harm.
import type { Probe } from "../../grammar/ast.ts";
import type { Diagnostics } from "../base/diagnostics.ts";
import type { ProbeEnvironment } from "../probes/definition.ts";
import type { Configuration } from "./config.ts";
import type { CompileEnvironment } from "./environment.ts";
import type { ProgramSeed } from "./probes.ts";

interface Limited {
	readonly environment: Pick<CompileEnvironment, "probes">;
	readonly configuration: Configuration;
}

export function reportLimits(
	probes: readonly Probe[],
	seeds: readonly ProgramSeed[],
	{ environment: { probes: machine }, configuration }: Limited,
	diagnostics: Diagnostics,
): void {
	const span = probes[0]?.span;
	const most = Number(configuration.get("max_probes"));
	const attached = sum(seeds, ({ attach }) => attach.length);
	// Only where it matters: to ask for features of the kernel takes time.
	const links =
		attached > most ? sum(seeds, (seed) => linksOf(seed, machine)) : 0;
	const programs = seeds.filter(({ absent }) => !absent).length;
	const limits = [
		["E0302", Math.min(attached, links), most],
		["E0330", programs, Number(configuration.get("max_bpf_progs"))],
	] as const;
	for (const [code, count, limit] of limits)
		if (count > limit)
			diagnostics.report(code, { count, most: limit }, { span });
}

/** Functions that the kernel takes in one go, for one program, count as one: as in bpftrace. */
function linksOf(
	{ attach }: ProgramSeed,
	environment: ProbeEnvironment,
): number {
	const targets = attach.map(({ target }) => target);
	const inOneFile = new Set(
		targets.map((t) => (t.kind === "uprobe" ? t.path : undefined)),
	);
	if (!inOneFile.has(undefined))
		return environment.has("uprobe_multi") ? inOneFile.size : targets.length;
	const isKernels = targets.every(
		(t) => t.kind === "kprobe" && t.offset === 0 && t.module === undefined,
	);
	return isKernels && environment.has("kprobe_multi") ? 1 : targets.length;
}

function sum(
	seeds: readonly ProgramSeed[],
	count: (seed: ProgramSeed) => number,
): number {
	return seeds.reduce((total, seed) => total + count(seed), 0);
}

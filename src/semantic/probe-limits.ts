// How much one script may attach and load: a slip of a wildcard shall not do harm.
import type { Probe } from "../../grammar/ast.ts";
import type { Diagnostics } from "../base/diagnostics.ts";
import type { Configuration } from "./config.ts";
import type { ProgramSeed } from "./probes.ts";

export function reportLimits(
	probes: readonly Probe[],
	seeds: readonly ProgramSeed[],
	configuration: Configuration,
	diagnostics: Diagnostics,
): void {
	const span = probes[0]?.span;
	const attached = seeds.reduce((sum, { attach }) => sum + attach.length, 0);
	const programs = seeds.filter(({ absent }) => !absent).length;
	const limits = [
		["E0302", attached, Number(configuration.get("max_probes"))],
		["E0330", programs, Number(configuration.get("max_bpf_progs"))],
	] as const;
	for (const [code, count, most] of limits)
		if (count > most) diagnostics.report(code, { count, most }, { span });
}

// Functions and tracepoints of a module are there only while it is loaded. Their names mostly begin with its name.
import type { ProbeEnvironment } from "./definition.ts";

/** How modules are named after what they hold: `xfs`, `nvme_core`, `scsi_mod`, `sch_fq`. */
const forms = ["WORD", "WORD_core", "WORD_mod", "sch_WORD", "nf_WORD"];

/** What to do about a function or category that this kernel has in a module that could be loaded; undefined for others. */
export function loadHint(
	name: string,
	environment: ProbeEnvironment,
): string | undefined {
	const [word] = name.replace(/^_+/, "").split("_");
	const loadable = new Set(environment.loadableModules());
	const module = forms
		.map((form) => form.replace("WORD", word ?? ""))
		.find((candidate) => loadable.has(candidate));
	return module === undefined
		? undefined
		: `it may be in module ${module}, which is not loaded: modprobe ${module}`;
}

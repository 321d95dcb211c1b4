// From a script to its Explanation, as far as that goes without loading anything: compiled, taken apart, put in words.
import { release } from "node:os";
import type { Script } from "../../grammar/ast.ts";
import { compileC } from "../../runtime/clang.ts";
import { readImage } from "../../runtime/explain/program-image.ts";
import { possibleCpuCount } from "../../runtime/machine/cpus.ts";
import type { Source } from "../base/source.ts";
import type { Emitted } from "../codegen/emit.ts";
import type { CheckedScript } from "../semantic/check-script.ts";
import { readC } from "./c-text.ts";
import { describeCode } from "./describe-code.ts";
import { describeMap, type MapMachine } from "./describe-maps.ts";
import { describeProbes } from "./describe-probes.ts";
import { EXPLANATION_VERSION, type Explanation } from "./explanation.ts";
import { templateFunctions } from "./template-functions.ts";
import { describeBuiltins } from "./used-builtins.ts";

export interface ExplainRequest {
	readonly source: Source;
	readonly script: Script;
	readonly checked: CheckedScript;
	/** The C that was compiled, and its Plan. */
	readonly emitted: Emitted;
	/** ELF bytes. */
	readonly object: Uint8Array;
	readonly machine: MachineSizes;
	/** The folder of the templates. */
	readonly templates: string;
}

export interface MachineSizes extends MapMachine {
	/** As `uname -r` has it. */
	readonly kernel: string;
}

/** Of the machine that this runs on. Pages have 4096 bytes on x86-64, and mostly on others. */
export function thisMachine(): MachineSizes {
	return {
		kernel: release(),
		possibleCpus: possibleCpuCount(),
		pageBytes: 4096,
	};
}

export function explainScript(request: ExplainRequest): Explanation {
	const { source, script, checked, emitted, object, machine, templates } =
		request;
	const { plan } = emitted;
	const c = readC(emitted.c, source.name);
	const plain = compileC(c.plain, { includeDirs: [templates] });
	const image = readImage(plain.ok ? plain.object : object);
	return {
		version: EXPLANATION_VERSION,
		script: { name: source.name, lines: source.text.trimEnd().split("\n") },
		machine: {
			kernel: machine.kernel,
			architecture: process.arch,
			cpus: machine.possibleCpus,
		},
		probes: describeProbes(plan, checked.script.programs),
		builtins: describeBuiltins(script),
		maps: plan.maps.map((map) => describeMap(map, machine)),
		programs: image
			? describeCode(plan, image, c, templateFunctions(templates))
			: [],
		missing: [],
	};
}

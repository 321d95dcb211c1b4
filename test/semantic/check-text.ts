// Parses and checks a script text against the small machine, as `kask` does before it generates code.

import type { Diagnostics } from "../../src/base/diagnostics.ts";
import type { Source } from "../../src/base/source.ts";
import {
	type CompileRequest,
	check,
	parse,
} from "../../src/commands/compile.ts";
import { defaultOptions, type Options } from "../../src/commands/options.ts";
import type { CheckedScript } from "../../src/semantic/check-script.ts";
import { smallMachine } from "./small-machine.ts";

export interface Surroundings {
	/** What comes after the script on the command line. */
	readonly parameters?: readonly string[];
	/** Features that the kernel lacks. */
	readonly without?: readonly string[];
	readonly options?: Partial<Options>;
}

export function testRequest(
	source: Source,
	diagnostics: Diagnostics,
	{ parameters = [], without = [], options = {} }: Surroundings = {},
): CompileRequest {
	return {
		source,
		parameters,
		options: { ...defaultOptions(), ...options },
		probes: { ...smallMachine(without), unsafe: options.unsafe ?? false },
		diagnostics,
	};
}

export function checkText(
	source: Source,
	diagnostics: Diagnostics,
	surroundings: Surroundings = {},
): CheckedScript | undefined {
	const request = testRequest(source, diagnostics, surroundings);
	const script = parse(request);
	return script && check(request, script);
}

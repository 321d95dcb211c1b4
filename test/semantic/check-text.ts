// Parses and checks a script text against this machine, as `kask` does before it generates code.

import type { Diagnostics } from "../../src/base/diagnostics.ts";
import type { Source } from "../../src/base/source.ts";
import {
	type CompileRequest,
	check,
	parse,
} from "../../src/commands/compile.ts";
import { openMachine } from "../../src/commands/machine.ts";
import { defaultOptions } from "../../src/commands/options.ts";
import type { ProbeEnvironment } from "../../src/probes/definition.ts";
import type { CheckedScript } from "../../src/semantic/check-script.ts";

let shared: ProbeEnvironment | undefined;

export function testRequest(
	source: Source,
	diagnostics: Diagnostics,
	parameters: readonly string[] = [],
): CompileRequest {
	shared ??= openMachine(defaultOptions(), diagnostics).probes;
	return {
		source,
		parameters,
		options: defaultOptions(),
		probes: shared,
		diagnostics,
	};
}

export function checkText(
	source: Source,
	diagnostics: Diagnostics,
	parameters: readonly string[] = [],
): CheckedScript | undefined {
	const request = testRequest(source, diagnostics, parameters);
	const script = parse(request);
	return script && check(request, script);
}

// `kask SCRIPT`: from the script's text to its exit code.
import { writeFileSync } from "node:fs";
import { formatScript } from "../../grammar/format.ts";
import type { Diagnostics } from "../base/diagnostics.ts";
import type { Plan } from "../plan.ts";
import {
	type CompileRequest,
	compileToC,
	compileToObject,
	parse,
} from "./compile.ts";
import { dumpStages } from "./dump.ts";
import { execute } from "./execute.ts";
import { openMachine } from "./machine.ts";
import type { Options } from "./options.ts";
import { reportAll } from "./report.ts";
import { chooseScript } from "./script-source.ts";

export async function runCommand(
	options: Options,
	diagnostics: Diagnostics,
): Promise<number> {
	const chosen = chooseScript(options, diagnostics);
	if (!chosen) return reportAll(diagnostics, options);
	const machine = openMachine(options, diagnostics);
	const request: CompileRequest = {
		...chosen,
		options,
		probes: machine.probes,
		diagnostics,
	};
	if (options.fmt || options.debug.length > 0) {
		process.stdout.write(
			options.fmt ? formatted(request) : dumpStages(request, options.debug),
		);
		return reportAll(diagnostics, options);
	}
	const compiled = compile(request);
	if (compiled && options.emitElf !== undefined) {
		writeFileSync(options.emitElf, compiled.object);
		return reportAll(diagnostics, options);
	}
	if (compiled && process.geteuid?.() !== 0)
		diagnostics.report("E0702", { what: "trace the kernel" });
	const status = reportAll(diagnostics, options);
	if (!compiled || status !== 0) return status;
	return execute({ ...compiled, machine, options, source: chosen.source });
}

function formatted(request: CompileRequest): string {
	const script = parse(request);
	return script ? formatScript(script) : "";
}

function compile(
	request: CompileRequest,
): { plan: Plan; object: Uint8Array } | undefined {
	const emitted = compileToC(request);
	const object = emitted && compileToObject(emitted, request.diagnostics);
	return emitted && object && { plan: emitted.plan, object };
}

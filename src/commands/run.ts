// `kask SCRIPT`: from the script's text to its exit code.
import { basename } from "node:path";
import type { CompiledScript } from "../../runtime/cache/entry.ts";
import type { Features } from "../../runtime/features/features.ts";
import {
	failUnprivileged,
	readPrivileges,
} from "../../runtime/machine/privileges.ts";
import { type Diagnostic, Diagnostics } from "../base/diagnostics.ts";
import { type Source, spanText } from "../base/source.ts";
import { compileCached } from "./cached.ts";
import type { CompileRequest } from "./compile.ts";
import { openMachine } from "./machine.ts";
import type { Options } from "./options.ts";
import { addFailure, reportAll } from "./report.ts";
import { asksForHelp, chooseScript } from "./script-source.ts";
import { printOut } from "./stdio.ts";
import { isShipped } from "./tools.ts";
import { writeOutputFile } from "./write-file.ts";

export async function runCommand(
	options: Options,
	diagnostics: Diagnostics,
): Promise<number> {
	// Before the script is looked for: of `-d -e SCRIPT`, -e would be the stage.
	if (options.debug.length > 0) {
		const { checkStages } = await import("./dump.ts");
		if (!checkStages(options.debug, diagnostics))
			return reportAll(diagnostics, options);
	}
	const chosen = chooseScript(options, diagnostics);
	if (!chosen) return reportAll(diagnostics, options);
	const privileges = readPrivileges();
	const assumed = privileges.trace ? undefined : await featuresAssumed();
	const machine = openMachine(options, diagnostics, assumed);
	const request: CompileRequest = {
		...chosen,
		// What was compiled on assumptions must not be found by those who can ask the kernel.
		options: assumed ? { ...options, cache: false } : options,
		probes: machine.probes,
		diagnostics,
	};
	if (asksForHelp(chosen.parameters)) {
		const help = await helpText(request);
		if (help !== undefined) printOut(help);
		if (help !== undefined || diagnostics.hasErrors)
			return reportAll(diagnostics, options);
	}
	if (options.fmt || options.debug.length > 0) {
		printOut(await show(request));
		return reportAll(diagnostics, options);
	}
	// What runs scripts is loaded while clang works: only then is there nothing else to do.
	const compiled = await compileCached(request, async () => {
		await import("./execute.ts");
		machine.kernel();
	});
	if (!compiled && isShipped(chosen.source.name) && !options.verbose)
		return reportAll(await inOneLine(diagnostics, chosen.source), options);
	if (compiled && (options.emitElf ?? options.aot) !== undefined) {
		await writeCompiled(request, compiled);
		return reportAll(diagnostics, options);
	}
	if (compiled && !privileges.trace)
		addFailure(
			diagnostics,
			failUnprivileged("trace the kernel", privileges).failure,
		);
	const status = reportAll(diagnostics, options);
	if (!compiled || status !== 0) return status;
	const { execute } = await import("./execute.ts");
	return execute({ ...compiled, machine, options, source: chosen.source });
}

/** `--emit-elf` and `--aot`: into files instead of into the kernel. */
async function writeCompiled(
	request: CompileRequest,
	{ object }: CompiledScript,
): Promise<void> {
	const { emitElf, aot } = request.options;
	if (emitElf !== undefined)
		writeOutputFile(emitElf, object, request.diagnostics);
	if (aot === undefined) return;
	const { writeProgram } = await import("./write-program.ts");
	await writeProgram(request, aot);
}

/** Whoever may not ask the kernel is told of the script's mistakes all the same. */
async function featuresAssumed(): Promise<Features> {
	const { featuresByVersion } = await import("./unprivileged.ts");
	return featuresByVersion();
}

/** Not for want of anything on this machine: a wrong command line, a file, a probe made of what the user wrote. */
function isOfUse({ code, span }: Diagnostic): boolean {
	if (/^E0[689]/.test(code)) return true;
	const lacking = code === "E0312" || code === "E0321";
	return !lacking && /^E03/.test(code) && !!span && /\$/.test(spanText(span));
}

/** A shipped tool is right: what is wrong is that this kernel lacks something. */
async function inOneLine(
	diagnostics: Diagnostics,
	{ name }: Source,
): Promise<Diagnostics> {
	const { demandOf, firstReason } = await import("./fitness.ts");
	const why = firstReason(diagnostics.all, () => "");
	if (why === undefined || diagnostics.all.some(isOfUse)) return diagnostics;
	const firstError = diagnostics.all.find((d) => d.severity === "error");
	const said = new Diagnostics();
	const tool = basename(name, ".bt");
	const demand = demandOf(diagnostics);
	if (demand)
		said.report(
			"E0472",
			{ message: demand.text },
			{ help: `its parameters are told by: kask ${tool} --help` },
		);
	else said.report("E0328", { tool, why }, { span: firstError?.span });
	return said;
}

/** `--fmt` and `-d`: what the compiler's stages make of the script. */
async function show(request: CompileRequest): Promise<string> {
	const { options } = request;
	if (!options.fmt) {
		const { dumpStages } = await import("./dump.ts");
		return dumpStages(request, options.debug);
	}
	const { parse } = await import("./compile.ts");
	const { formatScript } = await import("../../grammar/format.ts");
	const script = parse(request);
	return script ? formatScript(script) : "";
}

/** What the script's own options are; undefined where it handles the question itself. */
async function helpText(request: CompileRequest): Promise<string | undefined> {
	const { parse } = await import("./compile.ts");
	const { scriptHelp } = await import("./script-help.ts");
	const script = parse(request);
	const { program, operands } = request.options;
	const name =
		program === undefined ? (operands[0] ?? "-") : "kask -e 'script' --";
	return script && scriptHelp(script, name, request.diagnostics);
}

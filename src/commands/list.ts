// `kask -l`: what can be traced here.
import { existsSync } from "node:fs";
import type { ProbeSpec } from "../../grammar/ast.ts";
import { parseScript } from "../../grammar/parse.ts";
import type { Diagnostics } from "../base/diagnostics.ts";
import { Source } from "../base/source.ts";
import type { ProbeEnvironment } from "../probes/definition.ts";
import { providerNamed } from "../probes/index.ts";
import { listProbes } from "../probes/listing.ts";
import { joinWords } from "../probes/spec.ts";
import { openMachine } from "./machine.ts";
import type { Options } from "./options.ts";
import { findScript, readScriptFile } from "./script-source.ts";
import { printOut } from "./stdio.ts";
import { isFile } from "./tools.ts";

const linesPerWrite = 2000;

export function listCommand(options: Options, diagnostics: Diagnostics): void {
	const { pid } = options;
	if (pid !== undefined && !existsSync(`/proc/${pid}`)) {
		diagnostics.report("E0713", { pid, why: "there is no such process" });
		return;
	}
	const environment = openMachine(options, diagnostics).probes;
	let lines: string[] = [];
	let found = 0;
	const listed = new Set<string>();
	for (const patterns of patternsOf(options, diagnostics)) {
		for (const line of firstListed(patterns, environment, options.verbose)) {
			found++;
			listed.add(line.slice(0, line.indexOf(":")));
			lines.push(line);
			if (lines.length < linesPerWrite) continue;
			if (!printOut(`${lines.join("\n")}\n`)) return;
			lines = [];
		}
	}
	if (lines.length > 0) printOut(`${lines.join("\n")}\n`);
	if (found === 0 && options.operands.length > 0 && !diagnostics.hasErrors) {
		const probe = options.operands.join(",");
		const help = helpForNone(probe, environment);
		diagnostics.report("W0308", { probe }, help === undefined ? {} : { help });
	}
	reportLacking([...listed], environment, diagnostics);
}

/** A file that is named and missing. */
function helpForNone(
	probe: string,
	environment: ProbeEnvironment,
): string | undefined {
	if (probe.endsWith(".bt") && findScript(probe) === undefined)
		return `there is no file ${probe} either, so it was taken for a pattern`;
	const missing = probe
		.split(",")
		.find((pattern) => namesMissingFile(pattern, environment));
	return missing && `there is no program or library ${missing.split(":")[1]}`;
}

const inFiles: readonly string[] = ["uprobe", "uretprobe", "usdt"];

/** Quotes, blanks and wildcards: what they stand for is not looked into. */
function namesMissingFile(
	pattern: string,
	environment: ProbeEnvironment,
): boolean {
	const [head = "", file = ""] = pattern.split(":");
	const provider = providerNamed(head)?.name ?? "";
	const isPlain = /^[^*?{}["'\s]+$/.test(file);
	return (
		inFiles.includes(provider) &&
		isPlain &&
		environment.findBinary(file) === undefined
	);
}

/** What the first of the alternatives lists that this kernel can attach; what it only knows by name counts last. */
function* firstListed(
	patterns: Alternatives,
	environment: ProbeEnvironment,
	verbose: boolean,
): Iterable<string> {
	const able = patterns.filter(
		(p) => patterns.length === 1 || !lacks(p, environment),
	);
	for (const pattern of [...able, ...patterns]) {
		let found = false;
		for (const line of listProbes(pattern, environment, { verbose })) {
			found = true;
			yield line;
		}
		if (found) return;
	}
}

function lacks(
	pattern: string | undefined,
	environment: ProbeEnvironment,
): boolean {
	const needs = providerNamed(pattern?.split(":")[0] ?? "")?.needs;
	return needs !== undefined && !environment.has(needs);
}

/** Which kinds are listed for their names' sake only. */
function reportLacking(
	listed: readonly string[],
	environment: ProbeEnvironment,
	diagnostics: Diagnostics,
): void {
	const lacking = listed.filter((name) => lacks(name, environment));
	if (lacking.length > 0)
		diagnostics.report("W0303", { providers: joinWords(lacking, "and") });
}

/** The patterns of `a ?? b`; mostly one. */
type Alternatives = readonly (string | undefined)[];

/** The patterns given, divided by commas or blanks between arguments; for a script (file or -e), its probes. */
function patternsOf(
	options: Options,
	diagnostics: Diagnostics,
): readonly Alternatives[] {
	const given = options.operands
		.flatMap((o) => o.split(/,(?![^{]*\})/))
		.map((pattern) => pattern.split("??").map((p) => p.trim()));
	const [first] = options.operands;
	const isScript =
		first !== undefined && (first.endsWith(".bt") || isFile(first));
	const path = isScript ? findScript(first) : undefined;
	if (options.program === undefined && path === undefined)
		return given.length > 0 ? given : [[undefined]];
	const forPrograms = `kask -l 'uprobe:${path}:*,usdt:${path}:*' lists what can be traced in it`;
	const source =
		options.program !== undefined
			? new Source("-e", options.program)
			: readScriptFile(path ?? "", forPrograms, diagnostics);
	if (source === undefined) return [];
	const script = parseScript(source, diagnostics);
	return script.items.flatMap((item) =>
		item.kind === "probe" ? item.specs.map(patternsOfSpec) : [],
	);
}

function patternsOfSpec(spec: ProbeSpec): string[] {
	return spec.alternatives.map((a) =>
		[a.provider.text, ...a.parts.map((p) => p.text)].join(":"),
	);
}

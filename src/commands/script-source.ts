// Which script is meant: `-e`, a file, standard input, or a tool by its name; and which parameters are the script's.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostics } from "../base/diagnostics.ts";
import { Source } from "../base/source.ts";
import { nearestName } from "../base/suggest.ts";
import type { Options } from "./options.ts";
import { allTools, isFile, isFolder, toolNamed } from "./tools.ts";

export interface ChosenScript {
	readonly source: Source;
	readonly parameters: readonly string[];
}

/** The script and its parameters; reports and gives undefined when there is none. */
export function chooseScript(
	options: Options,
	diagnostics: Diagnostics,
): ChosenScript | undefined {
	const [first, ...rest] = options.operands;
	if (options.program !== undefined) {
		return {
			source: new Source("-e", options.program),
			parameters: options.operands,
		};
	}
	if (first === undefined) {
		diagnostics.report("E0801");
		return undefined;
	}
	const source = readSource(first, diagnostics);
	return source && { source, parameters: rest };
}

function readSource(
	name: string,
	diagnostics: Diagnostics,
): Source | undefined {
	if (name === "-") return new Source("stdin", readFileSync(0, "utf8"));
	const path = findScript(name);
	if (path === undefined && isFolder(name)) {
		const help = "name one of the scripts in it";
		diagnostics.report(
			"E0804",
			{ path: name, why: "it is a folder" },
			{ help },
		);
		return undefined;
	}
	if (path === undefined) {
		const help = helpFor(name);
		diagnostics.report("E0802", { name }, help ? { help } : {});
		return undefined;
	}
	return readScriptFile(path, helpForProgram(path), diagnostics);
}

function helpFor(name: string): string | undefined {
	const names = allTools().map((tool) => tool.name);
	const near = nearestName(name, names);
	if (near !== undefined) return `did you mean ${near}?`;
	const folders = (process.env.PATH ?? "").split(":");
	return folders.some((folder) => isFile(join(folder, name)))
		? helpForProgram(name)
		: undefined;
}

/** For those who know strace. */
function helpForProgram(name: string): string {
	return `to trace what ${name} does: kask -e 'SCRIPT' -c ${name}`;
}

/** Reports what is no text; `forPrograms` is the help where it is a program. */
export function readScriptFile(
	path: string,
	forPrograms: string,
	diagnostics: Diagnostics,
): Source | undefined {
	try {
		const text = readFileSync(path, "utf8");
		if (!text.includes("\0")) return new Source(path, text);
		if (text.startsWith("\x7fELF")) {
			const why = "it is a program, no script";
			diagnostics.report("E0804", { path, why }, { help: forPrograms });
		} else diagnostics.report("E0804", { path, why: "it is no text" });
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		diagnostics.report("E0804", { path, why });
	}
	return undefined;
}

/** A file by its path, or a tool by its name. */
export function findScript(name: string): string | undefined {
	if (isFile(name)) return name;
	return name.includes("/") ? undefined : toolNamed(name);
}

/** Whether the script's parameters ask for its help. */
export function asksForHelp(parameters: readonly string[]): boolean {
	return parameters.some((p) => p === "--help" || p === "-h");
}

/** A tool's name, whose options all belong to the tool. */
export function isToolName(name: string): boolean {
	return !isFile(name) && findScript(name) !== undefined;
}

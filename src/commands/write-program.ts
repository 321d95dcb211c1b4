// `--aot FILE`: a script as a program, a file that starts this kask by itself. It is compiled as it stands there, so
// that it starts from the cache.
import { chmodSync, existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { Diagnostics } from "../base/diagnostics.ts";
import { Source } from "../base/source.ts";
import { compileCached } from "./cached.ts";
import type { CompileRequest } from "./compile.ts";
import { installDirectory } from "./install.ts";
import type { Options } from "./options.ts";
import { writeOutputFile } from "./write-file.ts";

/** The script has been compiled where it is; whatever is wrong with it only at its new place, imports say, is reported. */
export async function writeProgram(
	request: CompileRequest,
	path: string,
): Promise<void> {
	const { source, options, diagnostics } = request;
	const program = asProgram(source, path, options);
	writeOutputFile(path, program.text, diagnostics);
	if (diagnostics.hasErrors || !makeExecutable(path, diagnostics)) return;
	const found = new Diagnostics();
	await compileCached(
		{ ...request, source: program, diagnostics: found },
		async () => {},
	);
	for (const d of found.all) if (d.severity === "error") diagnostics.add(d);
}

function asProgram({ text }: Source, path: string, options: Options): Source {
	const words = [join(installDirectory(), "bin", "kask"), ...kept(options)];
	// A line of its own is put before the script, or in the place of the one that it has.
	const script = text.replace(/^#!.*\n?/, "").replace(/\n?$/, "\n");
	return new Source(resolve(path), `${firstLine(words)}\n${script}`);
}

/** The kernel hands on all that stands behind the program as one word, and knows no quotes. */
function firstLine(words: readonly string[]): string {
	const [kask = ""] = words;
	if (words.length === 1 && isPlain(kask)) return `#!${kask}`;
	return `#!/usr/bin/env -S ${words.map(quoted).join(" ")}`;
}

const isPlain = (word: string): boolean => /^[\w./+:=@%^~-]+$/.test(word);

/** As env(1) reads it: between single quotes only these two mean something. */
function quoted(word: string): string {
	return isPlain(word) ? word : `'${word.replace(/[\\']/g, "\\$&")}'`;
}

/** What decides on how the script is read and checked; what else there is to say is said when it is started. */
function kept({ unsafe, helperErrors, includeDirs, includes }: Options) {
	const file = (name: string) => (existsSync(name) ? resolve(name) : name);
	return [
		...(unsafe ? ["--unsafe"] : []),
		...(helperErrors ? ["--helper-errors"] : []),
		...includeDirs.flatMap((folder) => ["-I", resolve(folder)]),
		...includes.flatMap((name) => ["--include", file(name)]),
	];
}

/** For those who may read it. A device stays as it is. */
function makeExecutable(path: string, diagnostics: Diagnostics): boolean {
	try {
		const stat = statSync(path);
		if (!stat.isFile()) return false;
		chmodSync(path, (stat.mode & 0o777) | ((stat.mode & 0o444) >> 2));
		return true;
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		diagnostics.report("E0808", { why });
		return false;
	}
}

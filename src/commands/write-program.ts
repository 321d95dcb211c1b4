// `--aot FILE`: a script as a program of its own. It starts by this kask, which has compiled it already and keeps that.
import { chmodSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Diagnostics } from "../base/diagnostics.ts";
import { Source } from "../base/source.ts";
import { installDirectory } from "./install.ts";
import type { Options } from "./options.ts";
import { writeOutputFile } from "./write-file.ts";

/** The script as it will stand in the file, which is what is compiled: places and imports are the file's. */
export function asProgram(
	{ text }: Source,
	path: string,
	options: Options,
): Source {
	const kask = join(installDirectory(), "bin", "kask");
	const words = [kask, ...programOptions(options)];
	// A line of its own is put before the script, or in the place of the one that it has.
	const script = text.replace(/^#!.*\n?/, "");
	return new Source(resolve(path), `${firstLine(words)}\n${script}\n`);
}

/** The kernel hands on all that stands behind the program as one word, and knows no quotes. */
function firstLine(words: readonly string[]): string {
	const [kask = ""] = words;
	if (words.length === 1 && !/\s/.test(kask)) return `#!${kask}`;
	return `#!/usr/bin/env -S ${words.map(quoted).join(" ")}`;
}

const quoted = (word: string): string => (/\s/.test(word) ? `"${word}"` : word);

/** What the script needs to be taken at all. */
function programOptions({ unsafe, helperErrors }: Options): string[] {
	return [
		...(unsafe ? ["--unsafe"] : []),
		...(helperErrors ? ["--helper-errors"] : []),
	];
}

export function writeProgram(source: Source, diagnostics: Diagnostics): void {
	writeOutputFile(source.name, source.text, diagnostics);
	if (!diagnostics.hasErrors) chmodSync(source.name, 0o755);
}

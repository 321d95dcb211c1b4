// Every template alone, and the C of every example and golden script, with the oldest and the newest clang there is.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compileC } from "../../runtime/clang.ts";
import { findTracefs } from "../../runtime/tracefs.ts";
import { Diagnostics, formatDiagnostic } from "../../src/base/diagnostics.ts";
import { Source } from "../../src/base/source.ts";
import { compileToC } from "../../src/commands/compile.ts";
import { toolDirectory } from "../../src/commands/install.ts";
import { openMachine } from "../../src/commands/machine.ts";
import { defaultOptions } from "../../src/commands/options.ts";

const root = join(import.meta.dirname, "../..");
const templates = join(root, "bpf-templates");
const scripts = join(root, "test/golden/scripts");

/** Set by the test command, which installs them; else the clang on the PATH. */
const clangs = (process.env.KASK_TEST_CLANGS ?? "clang")
	.split(" ")
	.filter(Boolean);

function complaints(clang: string, text: string): string {
	const result = compileC(text, { clang, includeDirs: [templates] });
	if (result.ok) return result.warnings;
	return result.missing ? `no ${result.missing}` : result.errors;
}

/** An example as this machine's kernel gets it. */
function exampleC(name: string): string {
	const diagnostics = new Diagnostics();
	const options = { ...defaultOptions(), unsafe: true };
	const path = join(toolDirectory(), name);
	const emitted = compileToC({
		source: new Source(path, readFileSync(path, "utf8")),
		parameters: [],
		options,
		probes: openMachine(options, diagnostics).probes,
		diagnostics,
	});
	const wrong = diagnostics.all.filter((d) => d.severity === "error");
	expect(wrong.map((d) => formatDiagnostic(d))).toEqual([]);
	return emitted?.c ?? "";
}

describe.each(clangs)("%s", (clang) => {
	it.each(readdirSync(templates))("compiles %s alone", (name) => {
		expect(complaints(clang, readFileSync(join(templates, name), "utf8"))).toBe(
			"",
		);
	});

	const readable = findTracefs() !== undefined && process.geteuid?.() === 0;
	const examples = readdirSync(toolDirectory()).filter((name) =>
		name.endsWith(".bt"),
	);
	// Without tracefs nobody knows the fields of tracepoints.
	it.skipIf(!readable).each(examples)("compiles %s", (name) => {
		expect(complaints(clang, exampleC(name))).toBe("");
	});

	const golden = readdirSync(scripts).filter((name) => name.endsWith(".c"));
	it.each(golden)("compiles %s", (name) => {
		expect(complaints(clang, readFileSync(join(scripts, name), "utf8"))).toBe(
			"",
		);
	});
});

// Every template alone, and the C of every example and golden script, with the oldest and the newest clang there is.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compileC } from "../../runtime/clang.ts";
import { findTracefs } from "../../runtime/machine/tracefs.ts";
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

/** What tools are given that do nothing without. */
const parameters: Readonly<Record<string, readonly string[]>> = {
	"funccount.bt": ["c:malloc"],
	"funclatency.bt": ["c:malloc"],
};

/** An example as this machine's kernel gets it; undefined where the kernel lacks its probes. */
function exampleC(name: string): string | undefined {
	const diagnostics = new Diagnostics();
	const options = { ...defaultOptions(), unsafe: true };
	const path = join(toolDirectory(), name);
	const emitted = compileToC({
		source: new Source(path, readFileSync(path, "utf8")),
		parameters: parameters[name] ?? [],
		options,
		probes: openMachine(options, diagnostics).probes,
		diagnostics,
	});
	const wrong = diagnostics.all.filter((d) => d.severity === "error");
	const lacking = wrong.length > 0 && wrong.every((d) => d.code === "E0312");
	if (lacking) return undefined;
	expect(wrong.map((d) => formatDiagnostic(d))).toEqual([]);
	return emitted?.c ?? "";
}

describe.each(clangs)("%s", (clang) => {
	const texts = readdirSync(templates, { recursive: true, encoding: "utf8" });
	const c = texts.filter((name) => /\.bpf\.[ch]$/.test(name));
	it.each(c)("compiles %s alone", (name) => {
		expect(complaints(clang, readFileSync(join(templates, name), "utf8"))).toBe(
			"",
		);
	});

	const readable = findTracefs() !== undefined && process.geteuid?.() === 0;
	const examples = readdirSync(toolDirectory()).filter((name) =>
		name.endsWith(".bt"),
	);
	// Without tracefs nobody knows the fields of tracepoints.
	for (const name of examples)
		it.skipIf(!readable)(`compiles ${name}`, ({ skip }) => {
			const c = exampleC(name);
			if (c === undefined) skip("this kernel lacks its probes");
			else expect(complaints(clang, c)).toBe("");
		});

	const golden = readdirSync(scripts).filter((name) => name.endsWith(".c"));
	it.each(golden)("compiles %s", (name) => {
		expect(complaints(clang, readFileSync(join(scripts, name), "utf8"))).toBe(
			"",
		);
	});
});

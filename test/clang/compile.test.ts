// Every template alone, and the C of every example and golden script, with the oldest and the newest clang there is.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compileC } from "../../runtime/clang.ts";

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

describe.each(clangs)("%s", (clang) => {
	it.each(readdirSync(templates))("compiles %s alone", (name) => {
		expect(complaints(clang, readFileSync(join(templates, name), "utf8"))).toBe(
			"",
		);
	});

	const golden = readdirSync(scripts).filter((name) => name.endsWith(".c"));
	it.each(golden)("compiles %s", (name) => {
		expect(complaints(clang, readFileSync(join(scripts, name), "utf8"))).toBe(
			"",
		);
	});
});

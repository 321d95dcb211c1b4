// kask explain with the rights to trace: what is run, what is not, and what is said of it.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readPrivileges } from "../../runtime/machine/privileges.ts";
import { Diagnostics } from "../../src/base/diagnostics.ts";
import { Source } from "../../src/base/source.ts";
import { explain, explainCommand } from "../../src/commands/explain.ts";
import { defaultOptions, type Options } from "../../src/commands/options.ts";

async function explained(program: string, options: Partial<Options> = {}) {
	return explain({
		source: new Source("-e", program),
		parameters: [],
		options: { ...defaultOptions(), ...options },
		diagnostics: new Diagnostics(),
		privileges: readPrivileges(),
	});
}

async function codesOf(options: Partial<Options>): Promise<string[]> {
	const diagnostics = new Diagnostics();
	const program = 'begin { printf("<%d>\\n", 1); exit(); }';
	await explainCommand(
		{ ...defaultOptions(), program, ...options },
		diagnostics,
	);
	return diagnostics.all.map((d) => d.code);
}

test("what does harm is not run to be counted", async () => {
	const script = 'uprobe:libc:getpid { signal("SIGUSR1"); }';
	const explanation = await explained(script, { unsafe: true });
	expect(explanation?.missing.map((m) => m.why)).toEqual([
		"the script is not run to count it, since signal would then do what it does",
	]);
	expect(explanation?.probes[0]?.rate).toBeUndefined();
	expect(explanation?.programs[0]?.verified?.checked).toBeGreaterThan(0);
});

test("what the verifier refuses is explained as far as it goes", async () => {
	const script = "begin { $i = 0; while (1) { $i++; @x = $i; } }";
	const explanation = await explained(script);
	const refused = explanation?.missing.find(
		(m) => m.what === "the kernel's consent",
	);
	expect(refused?.why).toMatch(/the program of begin: /);
	expect(explanation?.programs[0]?.instructions.length).toBeGreaterThan(5);
});

describe("mistakes of use", () => {
	test("a line that is not there", async () => {
		expect(await codesOf({ line: 99 })).toEqual(["E0830"]);
	});

	test("a page that cannot be written", async () => {
		expect(await codesOf({ html: "/nowhere/page.html" })).toEqual(["E0808"]);
	});
});

test("a page of HTML", async () => {
	const folder = mkdtempSync(join(tmpdir(), "kask-explain-"));
	const html = join(folder, "page.html");
	expect(await codesOf({ html })).toEqual([]);
	const page = readFileSync(html, "utf8");
	rmSync(folder, { recursive: true });
	expect(page).toMatch(/<b>\d+<\/b>r1 = &amp;ring<i>r1: /);
	expect(page).toContain("begin { printf(&quot;&lt;%d&gt;");
});

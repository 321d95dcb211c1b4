// A wrong script and the exact diagnostics: `cases/CODE*.txt` holds the script, a line `---`, and what is printed on
// the small machine.
// KASK_UPDATE=1 rewrites what is printed; read the difference before you commit it.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Diagnostics, formatDiagnostic } from "../../src/base/diagnostics.ts";
import { messages } from "../../src/base/messages.ts";
import { Source } from "../../src/base/source.ts";
import { checkText } from "../semantic/check-text.ts";
import { headOf } from "../semantic/script-head.ts";

const folder = join(import.meta.dirname, "cases");
const files = readdirSync(folder)
	.filter((f) => f.endsWith(".txt"))
	.sort();

function diagnose(script: string): string {
	const diagnostics = new Diagnostics();
	const source = new Source("script.bt", `${script}\n`);
	checkText(source, diagnostics, headOf(script));
	return diagnostics.all.map((d) => formatDiagnostic(d)).join("\n");
}

for (const file of files) {
	test(file, () => {
		const path = join(folder, file);
		const [script = "", expected = ""] = readFileSync(path, "utf8").split(
			"\n---\n",
		);
		const printed = diagnose(script);
		if (process.env.KASK_UPDATE)
			writeFileSync(path, `${script}\n---\n${printed}\n`);
		else expect(`${printed}\n`).toBe(expected);
		for (const code of codesOf(file)) expect(printed).toContain(`[${code}]`);
		expect(printed.match(/^ *--> /gm)).toHaveLength(countHeads(printed));
		expect(printed.match(/^help: \S/gm)).toHaveLength(countHeads(printed));
	});
}

/** Each diagnostic must have a place and a help line. */
function countHeads(printed: string): number {
	return printed.match(/^(?:error|warning)\[/gm)?.length ?? 0;
}

/** `E0201-E0301-cascade.txt` shows two codes. */
function codesOf(file: string): readonly string[] {
	return file.match(/[EW]\d{4}/g) ?? [];
}

/** Codes that take a kernel, a tool, a command line or another architecture to see. */
const elsewhere =
	/^(E05|E06|E07|E08|E09|E0328|E0471|W0302|W0303|W0304|W0308|W06|W07|W08)/;

test("every code has a script that shows it", () => {
	const shown = new Set(files.flatMap(codesOf));
	const missing = Object.keys(messages).filter(
		(code) => !elsewhere.test(code) && !shown.has(code),
	);
	expect(missing).toEqual([]);
});

test("every code is reported by somebody", () => {
	const root = join(import.meta.dirname, "../..");
	const texts = ["grammar", "runtime", "src"].flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
			.filter((f) => f.endsWith(".ts") && !f.startsWith("base/messages"))
			.map((f) => readFileSync(join(root, folder, f), "utf8")),
	);
	const unused = Object.keys(messages).filter(
		(code) => !texts.some((text) => text.includes(`"${code}"`)),
	);
	expect(unused).toEqual([]);
});

// A wrong script and the exact diagnostic: `cases/CODE*.txt` holds the script, a line `---`, and what is printed.
// KASK_UPDATE=1 rewrites what is printed; read the difference before you commit it.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Diagnostics, formatDiagnostic } from "../../src/base/diagnostics.ts";
import { messages } from "../../src/base/messages.ts";
import { Source } from "../../src/base/source.ts";
import { checkText } from "../semantic/check-text.ts";

const folder = join(import.meta.dirname, "cases");
const files = readdirSync(folder)
	.filter((f) => f.endsWith(".txt"))
	.sort();

for (const file of files) {
	test(file, () => {
		const path = join(folder, file);
		const [script = "", expected = ""] = readFileSync(path, "utf8").split(
			"\n---\n",
		);
		const diagnostics = new Diagnostics();
		checkText(new Source("script.bt", `${script}\n`), diagnostics);
		const printed = diagnostics.all.map((d) => formatDiagnostic(d)).join("\n");
		if (process.env.KASK_UPDATE)
			writeFileSync(path, `${script}\n---\n${printed}\n`);
		else expect(`${printed}\n`).toBe(expected);
		expect(printed).toContain(`[${file.slice(0, 5)}]`);
	});
}

/**
 * Codes that take a kernel, a tool or a command line to see, and are tested there. Those of probes that hang on what
 * the machine has are shown on a made-up one, in probe-errors.test.ts.
 */
const elsewhere =
	/^(E05|E06|E07|E08|E09|W07|W08|E0303|E0312|E0313|E0314|E0321|E0322|E0323|W0302)/;

test("every code has a script that shows it", () => {
	const shown = new Set(files.map((f) => f.slice(0, 5)));
	const missing = Object.keys(messages).filter(
		(code) => !elsewhere.test(code) && !shown.has(code),
	);
	expect(missing).toEqual([]);
});

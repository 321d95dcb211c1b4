// Scripts with what the compiler makes of them beside them: syntax tree, C and Plan. `npx vitest run -u test/golden`
// writes the files anew; read the difference before you keep it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compileC } from "../../runtime/clang.ts";
import { Diagnostics, formatDiagnostic } from "../../src/base/diagnostics.ts";
import { Source } from "../../src/base/source.ts";
import { emit } from "../../src/codegen/emit.ts";
import { withoutRepeatedLines } from "../../src/codegen/region.ts";
import { check, parse } from "../../src/commands/compile.ts";
import { scriptSexpr } from "../grammar/sexpr.ts";
import { testRequest } from "../semantic/check-text.ts";
import { headOf } from "../semantic/script-head.ts";

const folder = join(import.meta.dirname, "scripts");
const templates = join(import.meta.dirname, "../../bpf-templates");

// The ring buffer's size follows from the machine's memory unless it is given.
process.env.KASK_PERF_RB_PAGES = "64";

function compile(name: string) {
	const text = readFileSync(join(folder, name), "utf8");
	const source = new Source(name, text);
	const diagnostics = new Diagnostics();
	const request = testRequest(source, diagnostics, headOf(text));
	const script = parse(request);
	const checked = script && check(request, script);
	expect(diagnostics.all.map((d) => formatDiagnostic(d))).toEqual([]);
	if (!script || !checked) throw new Error(`${name} does not compile`);
	return { script, ...emit(checked.script, checked.types) };
}

function toJson(value: unknown): string {
	return `${JSON.stringify(value, undefined, "\t")}\n`;
}

const scripts = readdirSync(folder).filter((name) => name.endsWith(".bt"));

describe.each(scripts)("%s", (name) => {
	const { script, c, plan } = compile(name);
	const beside = (kind: string) => join(folder, name.replace(/bt$/, kind));

	it("has its syntax tree", async () => {
		const items = script.items.map((item) =>
			scriptSexpr({ ...script, items: [item] }),
		);
		const text = `${items.join("\n")}\n`;
		await expect(text).toMatchFileSnapshot(beside("ast"));
	});

	it("has its C", async () => {
		await expect(withoutRepeatedLines(c)).toMatchFileSnapshot(beside("c"));
	});

	it("has its Plan", async () => {
		await expect(toJson(plan)).toMatchFileSnapshot(beside("plan.json"));
	});

	it("is C that clang takes without a word", () => {
		const result = compileC(c, { includeDirs: [templates] });
		expect(result.ok ? result.warnings : result.errors).toBe("");
	});

	it("names a line of the script for every line of its functions", () => {
		const lines = c.slice(c.indexOf('SEC("license")')).split("\n");
		const last = readFileSync(join(folder, name), "utf8").split("\n").length;
		let line: number | undefined;
		for (const text of lines) {
			const named = /^#line (\d+)/.exec(text)?.[1];
			if (named !== undefined) line = Number(named);
			else if (line !== undefined && text !== "") {
				expect(line).toBeLessThanOrEqual(last);
				line++;
			}
		}
	});
});

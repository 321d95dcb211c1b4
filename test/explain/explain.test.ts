// What a script is told to be, without a kernel: against texts that do not hang on clang's version, and by properties
// that hold for whatever code clang makes.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { allBuiltins, builtinNamed } from "../../src/builtins/index.ts";
import { whereItRuns } from "../../src/builtins/where-it-runs.ts";
import { atLine } from "../../src/explain/at-line.ts";
import { plainPaint } from "../../src/explain/text/paint.ts";
import { renderText } from "../../src/explain/text/render-text.ts";
import { explainText } from "./explain-script.ts";

const folder = join(import.meta.dirname, "scripts");
const scripts = readdirSync(folder).filter((name) => name.endsWith(".bt"));

describe.each(scripts)("%s", (name) => {
	const explanation = explainText(readFileSync(join(folder, name), "utf8"));

	it("is told in words", async () => {
		// All but the code, which is clang's.
		const told = renderText(
			{ ...explanation, programs: [] },
			{ width: 100, paint: plainPaint },
		);
		await expect(told).toMatchFileSnapshot(
			join(folder, name.replace(/bt$/, "txt")),
		);
	});

	it("has a line of C and of the script for each instruction of its own", () => {
		for (const { instructions, functions, c } of explanation.programs) {
			const own = instructions.filter((i) =>
				c.some((l) => l.function === i.function),
			);
			expect(own.length).toBeGreaterThan(0);
			expect(own.filter((i) => i.c === undefined)).toEqual([]);
			expect(own.filter((i) => i.line === undefined)).toEqual([]);
			expect(functions.length).toBeGreaterThan(0);
		}
	});

	it("has every call beside the C that makes it", () => {
		for (const { instructions, c } of explanation.programs) {
			for (const i of instructions) {
				const helper = /^call (bpf_\w+)$/.exec(i.text)?.[1];
				const line = c.find((l) => l.number === i.c);
				if (helper === undefined || i.template || !line) continue;
				expect(line.text).toContain(helper);
			}
		}
	});
});

test("one line of the script has its own way through", () => {
	const whole = explainText(
		'begin { @x = 1; }\nend {\n  print(@x);\n  printf("%d\\n", pid);\n}\n',
	);
	const line = atLine(whole, 3);
	expect(line.probes.map((p) => p.probe)).toEqual(["end"]);
	expect(line.builtins.map((b) => b.name)).toEqual(["print"]);
	expect(line.maps.map((m) => m.name)).toEqual(["@x"]);
	const [only] = line.programs;
	expect(line.programs.length).toBe(1);
	expect(only?.c.every((c) => c.line === 3)).toBe(true);
	expect(only?.instructions.length).toBeGreaterThan(0);
	expect(only?.size).toBeGreaterThan(only?.instructions.length ?? 0);
});

test("the functions that a program calls are part of it", () => {
	const { programs } = explainText(
		"begin { for ($i : 0..1000) { @y += $i; } }",
	);
	const [begin] = programs;
	expect(begin?.functions).toEqual(["begin_1", "loop_1_body"]);
	expect(begin?.helpers).toContain("bpf_loop");
	const numbers = begin?.instructions.map((i) => i.index) ?? [];
	expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
});

test("where builtins run follows from how they are emitted", () => {
	const runs = (name: string): string => {
		const builtin = builtinNamed(name);
		return builtin ? whereItRuns(builtin).runs : "";
	};
	expect(runs("pid")).toBe("in the kernel, at the event");
	expect(runs("printf")).toMatch(/^in two halves: .* ring buffer/);
	expect(runs("ksym")).toMatch(/^in two halves: .* bare value/);
	expect(runs("count")).toMatch(/each CPU updates a cell of its own/);
	expect(runs("getopt")).toMatch(/^when the script is compiled/);
	expect(runs("static_assert")).toMatch(/^when the script is compiled/);
	expect(runs("unit")).toMatch(/^in user space/);
	for (const builtin of allBuiltins)
		expect(whereItRuns(builtin).runs, builtin.name).not.toBe("");
});

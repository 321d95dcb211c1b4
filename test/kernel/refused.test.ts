// Scripts that the kernel's verifier refuses: each is told the rule it broke, and why; the changed script passes. Then
// the examples of `kask help CODE` that show in the shell.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { explanations } from "../../src/base/explanations/index.ts";
import { type Outcome, runExample, runShell } from "./support/run-example.ts";

const MOST_MS = 90_000;
const LISTEN_MS = 300;

const END = "a program must come to its end";
const STEPS = "a program must be checked in at most a million steps";

/** The rule, a script that breaks it, and one that does as much and passes. */
const refused: readonly (readonly [
	rule: string,
	wrong: string,
	right: string,
])[] = [
	[
		END,
		"begin { while (@go == 0) { @n++; } @go = 1; }",
		"begin { for ($i : 0..100) { if (@go != 0) { break; } @n++; } @go = 1; exit(); }",
	],
	[
		END,
		"begin { $i = nsecs; while ($i % 10 != 3) { $i = nsecs; } exit(); }",
		"begin { for ($i : 0..1000) { if (nsecs % 10 == 3) { break; } } exit(); }",
	],
	[
		STEPS,
		"begin { $i = 0; while (1) { $i++; @x = $i; } }",
		"begin { for ($i : 0..1000) { @x = $i; } exit(); }",
	],
	[
		STEPS,
		"tracepoint:raw_syscalls:sys_enter { $i = 0; while ($i < args.id) { $i++; @[$i] = count(); } }",
		"tracepoint:raw_syscalls:sys_enter { for ($i : 0..args.id) { @[$i] = count(); } exit(); }",
	],
	[
		STEPS,
		"begin { $i = 0; while ($i < 1000000) { $i += 1; $j = 0; while ($j < 100) { $j++; @[$i, $j] = $i * $j; } } exit(); }",
		"begin { for ($i : 0..100) { for ($j : 0..10) { @[$i, $j] = $i * $j; } } exit(); }",
	],
	[
		STEPS,
		"begin { unroll(100) { unroll(100) { if (nsecs % 7 == 3) { @z[nsecs] = count(); } } } exit(); }",
		"begin { for ($i : 0..100) { for ($j : 0..100) { if (nsecs % 7 == 3) { @z[nsecs] = count(); } } } exit(); }",
	],
];

describe("refused by the verifier", () => {
	for (const [rule, wrong, right] of refused) {
		test(wrong, { timeout: MOST_MS }, async () => {
			const { code, errors } = await runExample(wrong, [], LISTEN_MS);
			expect(errors).toContain("error[E0704]");
			expect(errors).toContain(`note: the rule: ${rule}`);
			expect(errors).toContain("note: why it could not know better: ");
			expect(code).toBe(1);
			const passes = await runExample(right, [], LISTEN_MS);
			expect(passes.errors).not.toContain("error[");
			expect(passes.code).toBe(0);
		});
	}
});

const shown = Object.entries(explanations).flatMap(
	([code, { wrong, right, seen }]) =>
		seen && wrong !== undefined && right !== undefined
			? [{ code, wrong, right, shell: seen === "in the shell" }]
			: [],
);

function run(text: string, shell: boolean): Promise<Outcome> {
	if (!shell) return runExample(text, [], LISTEN_MS);
	const folder = mkdtempSync(join(tmpdir(), "kask-refused-"));
	return runShell(text, folder).finally(() =>
		rmSync(folder, { recursive: true }),
	);
}

describe.concurrent("the explanation of", () => {
	for (const { code, wrong, right, shell } of shown) {
		test(code, { timeout: MOST_MS }, async () => {
			expect((await run(wrong, shell)).errors).toContain(`[${code}]`);
			expect((await run(right, shell)).errors).not.toMatch(
				/(?:error|warning)\[/,
			);
		});
	}
});

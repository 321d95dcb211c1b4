// The bench itself: one figure is measured, once, and is there. What it comes to is not judged here.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

test("one figure is measured, printed and kept", () => {
	const folder = mkdtempSync(join(tmpdir(), "kask-bench-"));
	const out = join(folder, "bench.json");
	const words = ["scripts/run-ts.mjs", "test/bench/main.ts", "B9"];
	const options = ["--runs", "1", "--out", out];
	const printed = execFileSync(process.execPath, [...words, ...options], {
		cwd: root,
		encoding: "utf8",
	});
	expect(printed).toMatch(/^B9 .*\n\| +\| unit \| kask/m);
	const kept = JSON.parse(readFileSync(out, "utf8"));
	rmSync(folder, { recursive: true });
	expect(kept.results).toMatchObject([{ id: "B9" }]);
	expect(kept.results[0].rows[0].values.kask).toBeGreaterThan(0);
}, 60_000);

// Each shipped lesson, on this kernel: its script runs and its recording is shown, its solution is right, and each wrong
// answer is told what is wrong with it.
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const lessons = readdirSync(join(root, "examples/lessons"), {
	withFileTypes: true,
});

const state = mkdtempSync(join(tmpdir(), "kask-state-"));
afterAll(() => rmSync(state, { recursive: true }));

function learn(
	...words: string[]
): Promise<{ readonly code: number; readonly output: string }> {
	return new Promise((resolve) => {
		execFile(
			process.execPath,
			[join(root, "dist/kask.js"), "learn", ...words],
			{ env: { ...process.env, XDG_STATE_HOME: state } },
			(error, stdout, stderr) => {
				const code = typeof error?.code === "number" ? error.code : 0;
				resolve({ code, output: `${stdout}${stderr}` });
			},
		);
	});
}

test.each(
	lessons.filter((entry) => entry.isDirectory()).map(({ name }) => name),
)("lesson %s", { timeout: 120_000 }, async (name) => {
	const { code, output } = await learn(name, "--test");
	expect(output).not.toContain("FAILED");
	expect(code).toBe(0);
	expect(output).toContain(`ok      ${name}/solution.bt`);
	expect(output).toContain(`ok      ${name}/wrong/`);
});

test("a wrong answer's exit code is 1, a right one's 0", async () => {
	const wrong = await learn("hello", "-e", 'begin { printf("I am me\\n"); }');
	expect(wrong.code).toBe(1);
	const refused = await learn("hello", "-e", "begin { nonsense(); }");
	expect(refused.output).toContain("error[E");
	expect(refused.code).toBe(1);
	const right = await learn(
		"hello",
		"-e",
		'begin { printf("I am %s\\n", comm); }',
	);
	expect(right.code).toBe(0);
});

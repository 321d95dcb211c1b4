// The runner itself, on a stand-in executable that takes its script for a shell script.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseCases } from "./case-file.ts";
import { readFeatures } from "./features.ts";
import { findNeverRun, type KernelResults } from "./results.ts";
import { ATTACHED_WORD, runCase, type Settings } from "./run-case.ts";
import { runList } from "./run-list.ts";

let folder: string;
let settings: Settings;

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "kask-runner-"));
	const program = join(folder, "stand-in");
	writeFileSync(
		program,
		'#!/bin/sh\nattached() { echo "$__WORD"; }\nfor last; do :; done\neval "$last"\n'.replace(
			"$__WORD",
			ATTACHED_WORD,
		),
	);
	chmodSync(program, 0o755);
	settings = { kask: [program], scale: 1, disk: undefined, cache: folder };
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function complaintsOf(text: string): Promise<readonly string[]> {
	const [only] = parseCases("x.case", `name: a\n${text}`);
	if (!only) throw new Error("no case");
	return (await runCase(only, settings)).complaints;
}

test.each([
	["script: echo hello\nstdout: hello\n"],
	["script: echo a; echo b; echo c\nexpect:\n\ta\n\tc\n"],
	["script: echo a1 >&2; exit 3\nstderr: ^a\\d$\nexit: 3\n"],
	["script: cat\nstdin: from outside\nstdout: from outside\n"],
	['args: "two words"\nscript: echo "$1"\nstdout: two words\n'],
	["args: x\nfile helper:\n\ttext\nscript: cat helper\nstdout: text\n"],
	["env: A=b=c\nscript: echo $A\nstdout: b=c\n"],
	["prepare: echo made >it\nscript: cat it\nstdout: made\n"],
	["target: sleep 60\nscript: kill -0 $TARGET_PID && echo up\nstdout: up\n"],
	[
		"script: trap 'cat seen; exit' INT; attached; while :; do sleep 0.02; done\n" +
			"while: echo $KASK_PID >seen\nmatch: ^\\d+$\nabsent: NOTIFY\n",
	],
	[
		"script: trap 'exit 9' TERM; attached; while :; do sleep 0.02; done\nwhile: true\nstop: SIGTERM\nexit: 9\n",
	],
])("%j passes", async (text) => {
	expect(await complaintsOf(text)).toEqual([]);
});

test.each([
	["script: echo a\nstdout: b\n", "stdout is not what the case says"],
	[
		"script: echo b; echo a\nexpect:\n\ta\n\tb\n",
		"expected, and not seen in this order: b",
	],
	["script: echo a\nmatch: ^b\n", "no line is /^b/"],
	["script: echo a\nabsent: ^a\n", "must not be seen (/^a/): a"],
	["script: echo a\nstderr: a\n", "no line of stderr is /a/"],
	["script: exit 2\n", "exit code 2, expected 0"],
	["script: kill -9 $$\n", "exit code 137, expected 0"],
	["script: sleep 60\ntimeout: 1\n", "no end within 1 s"],
	["script: true\nwhile: true\n", "kask ended before its probes were attached"],
	["script: true\nprepare: echo no >&2; false\n", "prepare failed: no"],
])("%j fails", async (text, complaint) => {
	expect(await complaintsOf(text)).toEqual([complaint]);
});

test("a while command that fails is told", async () => {
	const text =
		"script: attached; exec sleep 60\nexit: 130\nwhile: echo bad >&2; exit 4\n";
	expect(await complaintsOf(text)).toEqual([
		"the while command failed (4): bad",
	]);
});

test("needs decide what is skipped, and an unknown need is a failure", async () => {
	const features = readFeatures(
		"System\n  kprobe: no\n  btf: yes\n  kernel: 6.1\n",
	);
	const cases = parseCases(
		"x.case",
		["kprobe", "btf", "kprob"]
			.map((need) => `name: ${need}\nscript: true\nneeds: ${need}\n`)
			.join(""),
	).map((listed) => ({ id: listed.name, test: listed }));
	const results = await runList(cases, settings, features, 2, () => {});
	expect(results.map(({ outcome, reasons }) => [outcome, ...reasons])).toEqual([
		["skipped", "this kernel has no kprobe"],
		["passed"],
		["failed", "no feature is called kprob"],
	]);
});

test("a case that no kernel ran is found", () => {
	const kernel = (release: string, ...outcomes: ("passed" | "skipped")[]) => ({
		release,
		results: outcomes.map((outcome, at) => ({
			id: `case ${at}`,
			outcome,
			reasons: [],
			seconds: 0,
		})),
	});
	const kernels: KernelResults[] = [
		kernel("6.18", "passed", "skipped", "skipped"),
		kernel("6.1", "skipped", "passed", "skipped"),
	];
	expect(findNeverRun(kernels)).toEqual(["case 2"]);
});

test("a target that fails is told", async () => {
	const told = await complaintsOf(
		"target: while :; do sleep 1; done\nscript: sleep 0.3\n",
	);
	expect(told).toEqual([expect.stringMatching(/^the target failed \(2\)/)]);
});

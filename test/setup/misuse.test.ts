// Mistakes of use, and machines that lack something: each is told by its code, and never by a stack trace.
import { spawnSync } from "node:child_process";
import {
	chmodSync,
	mkdirSync,
	mkdtempSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

const KASK = [
	process.execPath,
	resolve(import.meta.dirname, "../../dist/kask.js"),
];
const END = "begin { exit(); }";
const isRoot = process.geteuid?.() === 0;
const folder = mkdtempSync(join(tmpdir(), "kask-misuse-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Setting {
	readonly env?: Record<string, string>;
	/** A command that runs kask, as `setpriv …`. */
	readonly under?: readonly string[];
	readonly cwd?: string;
}

function runKask(words: readonly string[], setting: Setting = {}) {
	const { env = {}, under = [], cwd = folder } = setting;
	const [program = "", ...rest] = [...under, ...KASK, ...words];
	const options = {
		encoding: "utf8",
		cwd,
		env: { ...process.env, ...env },
	} as const;
	return spawnSync(program, rest, options);
}

function expectTold(code: string, words: readonly string[], setting?: Setting) {
	const { stderr, status } = runKask(words, setting);
	expect(stderr).toMatch(new RegExp(`^error\\[${code}\\]`, "m"));
	expect(stderr).toMatch(/^help: \S/m);
	expect(stderr).not.toMatch(/^ +at /m);
	expect(status).toBe(1);
}

describe("the command line", () => {
	test.each([
		["E0801", []],
		["E0802", ["no-such-tool"]],
		["E0804", ["--traceable-functions", "/nowhere", "-e", END]],
		["E0804", ["replay", "/nowhere"]],
		["E0804", ["/etc"]],
		["E0804", [process.execPath]],
		["E0804", ["-l", process.execPath]],
		["E0807", ["-d", "nonsense", "-e", END]],
		["E0807", ["-d", "-e", END]],
		["E0812", ["--no-such-option", "-e", END]],
		["E0812", ["learn", "--check"]],
	])("%s", (code, words) => expectTold(code, words));

	test("a program is no script: how it is traced, and what is in it", () => {
		const path = process.execPath;
		expect(runKask([path]).stderr).toContain(
			`it is a program, no script\nhelp: to trace what ${path} does: kask -e 'SCRIPT' -c ${path}\n`,
		);
		expect(runKask(["-l", path]).stderr).toContain(
			`help: kask -l 'uprobe:${path}:*,usdt:${path}:*' lists`,
		);
		expect(runKask(["ls"]).stderr).toContain(
			"help: to trace what ls does: kask -e 'SCRIPT' -c ls\n",
		);
	});

	test.runIf(isRoot)("E0808", () =>
		expectTold("E0808", ["-o", "/nowhere/x", "-e", END]),
	);

	test("E0713", () => expectTold("E0713", ["-l", "-p", "4194303"]));

	test.runIf(isRoot)("E0714", () =>
		expectTold("E0714", ["-c", "/nowhere", "-e", END]),
	);

	test("E0804: a folder that is gone", () => {
		const gone = join(folder, "gone");
		const script = 'mkdir "$0" && cd "$0" && rmdir "$0" && exec "$@"';
		const under = ["sh", "-c", script, gone];
		expectTold("E0804", ["-e", END], { under });
	});

	test("E0101: what steers a terminal is not handed on to it", () => {
		const { stderr } = runKask(["-e", "begin { \u001b[2J }"]);
		expect(stderr).toContain("1 | begin { \u00b7[2J }");
	});

	test("E0808: the object", () =>
		expectTold("E0808", ["--emit-elf", "/nowhere/x", "-e", END]));

	test("E0808: the program", () =>
		expectTold("E0808", ["--aot", "/nowhere/x", "-e", END]));
});

describe("the machine", () => {
	test("E0601: no clang", () =>
		expectTold("E0601", ["--no-cache", "-e", END], {
			env: { PATH: "/nowhere" },
		}));

	test("E0904: a clang that refuses", () => {
		const program = "#!/bin/sh\necho refused >&2\nexit 1\n";
		writeFileSync(join(folder, "bad-clang"), program);
		chmodSync(join(folder, "bad-clang"), 0o755);
		const env = { KASK_CLANG: "./bad-clang" };
		expectTold("E0904", ["--no-cache", "-e", END], { env });
	});

	test("E0905: a fault inside kask", () => {
		const fault = "process.geteuid=()=>{throw(new(Error)('fault'))}";
		const env = { NODE_OPTIONS: `--import data:text/javascript,${fault}` };
		expectTold("E0905", ["--no-cache", "-e", END], { env });
	});
});

test("SIGUSR1 before a run listens starts no debugger", () => {
	const clang = "#!/bin/sh\nkill -USR1 $PPID\nsleep 0.2\nexit 1\n";
	writeFileSync(join(folder, "signals"), clang, { mode: 0o755 });
	const env = { KASK_CLANG: "./signals" };
	const { stderr } = runKask(["--no-cache", "-e", END], { env });
	expect(stderr).toMatch(/^error\[E0904\]/);
	expect(stderr).not.toMatch(/[Dd]ebugger/);
});

describe.runIf(isRoot)("the user", () => {
	const nobody = ["setpriv", "--reuid", "65534", "--clear-groups"];

	test("E0702: another user than root", () =>
		expectTold("E0702", ["--no-cache", "-e", END], {
			under: nobody,
			cwd: "/",
		}));

	test("E0715: root without capabilities", () => {
		const under = ["setpriv", "--bounding-set", "-sys_admin,-bpf,-perfmon"];
		expectTold("E0715", ["-e", END], { under });
	});

	// clang looks for "file.h" in the current folder first.
	test("compiles where it may not look into the current folder", () => {
		const cwd = join(folder, "private");
		mkdirSync(cwd, { mode: 0o700 });
		const words = ["--no-cache", "--emit-elf", "/dev/null", "-e", END];
		const { stderr, status } = runKask(words, { under: nobody, cwd });
		expect(stderr).toBe("");
		expect(status).toBe(0);
	});
});

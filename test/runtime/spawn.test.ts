import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { koffiFfi } from "../../runtime/ffi/koffi.ts";
import { type Spawned, spawnProgram } from "../../runtime/ffi/spawn.ts";

function start(argv: readonly string[], cwd?: string): Spawned {
	const spawned = spawnProgram(koffiFfi, argv, cwd);
	if (!spawned) throw new Error(`${argv[0]} was not started`);
	return spawned;
}

function run(argv: readonly string[], input = "", cwd?: string) {
	const program = start(argv, cwd);
	program.send(input);
	const { code, stdout, stderr } = program.wait();
	return { code, stdout: String(stdout), stderr: String(stderr) };
}

const openFiles = () => readdirSync("/proc/self/fd").length;

test("input goes in, output and errors come back", () => {
	expect(run(["sh", "-c", "cat; echo bad >&2; exit 3"], "täxt\n")).toEqual({
		code: 3,
		stdout: "täxt\n",
		stderr: "bad\n",
	});
});

test("more than a pipe holds, both ways", () => {
	const text = "0123456789".repeat(100_000);
	expect(run(["cat"], text).stdout).toBe(text);
});

test("a program that does not read its input", () => {
	const text = "x".repeat(1_000_000);
	expect(run(["false"], text)).toEqual({ code: 1, stdout: "", stderr: "" });
});

test("folder, environment and exact words", () => {
	process.env.KASK_SPAWN_TEST = "a b";
	const words = ["sh", "-c", 'pwd; echo "$KASK_SPAWN_TEST $1"', "sh", "$x '\""];
	expect(run(words, "", "/usr").stdout).toBe("/usr\na b $x '\"\n");
	delete process.env.KASK_SPAWN_TEST;
});

test("a signal is no exit code, and SIGPIPE ends a program as usual", () => {
	expect(run(["sh", "-c", "kill -PIPE $$; echo alive"])).toEqual({
		code: undefined,
		stdout: "",
		stderr: "",
	});
});

test("what is not there, or in no such folder, is not started", () => {
	expect(spawnProgram(koffiFfi, ["/no/such"], undefined)).toBeUndefined();
	expect(spawnProgram(koffiFfi, ["true"], "/no/such")).toBeUndefined();
});

const inherited = ["sh", "-c", "ls /proc/$$/fd"] as const;

test("it sees none of kask's own files, and leaves none open", () => {
	const [program, ...rest] = inherited;
	const usual = execFileSync(program, rest, { encoding: "utf8" });
	const before = openFiles();
	expect(run(inherited).stdout).toBe(usual);
	expect(openFiles()).toBe(before);
});

test("one that waits can be done away with, and nothing of it is left", () => {
	const before = openFiles();
	start(["sleep", "1000"]).kill();
	expect(openFiles()).toBe(before);
	const children = readFileSync(`/proc/self/task/${process.pid}/children`);
	const commands = String(children)
		.split(" ")
		.filter(Boolean)
		.map((pid) => String(readFileSync(`/proc/${pid}/comm`)).trim());
	expect(commands).not.toContain("sleep");
});

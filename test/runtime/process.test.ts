// Commands of -c and processes of -p, with real processes.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { koffiFfi } from "../../runtime/ffi/koffi.ts";
import {
	type Command,
	followProcess,
	holdCommand,
	splitCommand,
	wordsWithQuotes,
} from "../../runtime/session/process.ts";

const folder = mkdtempSync(join(tmpdir(), "kask-process-"));
afterAll(() => rmSync(folder, { recursive: true }));

function hold(text: string): Command {
	const held = holdCommand(text);
	if (!held.ok) throw new Error(JSON.stringify(held.failure));
	return held.value;
}

const ended = (command: Command) =>
	new Promise<void>((resolve) => command.onEnd(resolve));
const read = (path: string) => readFileSync(path, "utf8");

test.each<[string, string[]]>([
	["echo lala", ["echo", "lala"]],
	["  a   b  ", ["a", "b"]],
	["sh -c 'exit 3'", ["sh", "-c", "exit 3"]],
	['a "b \\" c" d', ["a", 'b " c', "d"]],
	["a\\ b 'c 'd\"e\"", ["a b", "c de"]],
	["a 'b'\"c\"d", ["a", "'b'\"c\"d"]],
	["a '' b", ["a", "", "b"]],
	["it's fine", ["it's", "fine"]],
	['grep "a \\nb" \\.c', ["grep", "a \\nb", "\\.c"]],
	["", []],
])("%j is split into %j", (text, words) => {
	expect(splitCommand(text)).toEqual(words);
});

test("words that keep their quotes are known", () => {
	expect(wordsWithQuotes("a 'b' \"c d\" '' it's")).toEqual(["'b'"]);
});

describe("a command", () => {
	test("waits before its beginning, and keeps its pid", async () => {
		const out = join(folder, "pid");
		const command = hold(`sh -c 'echo $$ > ${out}'`);
		await sleep(100);
		expect(() => read(out)).toThrow();
		command.start();
		await ended(command);
		expect(read(out)).toBe(`${command.pid}\n`);
		expect(command.outcome).toEqual({ code: 0 });
	});

	test("tells how it ended, also afterwards", async () => {
		const command = hold("sh -c 'exit 3'");
		command.start();
		await ended(command);
		await ended(command);
		expect(command.outcome).toEqual({ code: 3 });
	});

	test("does not inherit the pipe it waited on", async () => {
		const out = join(folder, "pipe");
		const command = hold(`sh -c 'readlink /proc/$$/fd/3 > ${out}'`);
		command.start();
		await ended(command);
		expect(read(out)).toBe("");
	});

	test("is ended with the run", async () => {
		const command = hold("sleep 100");
		command.start();
		await command.stop();
		expect(command.outcome).toEqual({ signal: "SIGTERM" });
		expect(() => process.kill(command.pid, 0)).toThrow();
	});

	test("is ended when it never began", async () => {
		const command = hold("sleep 100");
		await command.stop();
		expect(command.outcome).toEqual({ signal: "SIGTERM" });
	});

	test("that ignores SIGTERM is ended all the same", async () => {
		const ready = join(folder, "ready");
		const command = hold(
			`sh -c 'trap "" TERM; : > ${ready}; while :; do sleep 0.05; done'`,
		);
		command.start();
		await until(() => read(ready) === "");
		await command.stop();
		expect(command.outcome).toEqual({ signal: "SIGKILL" });
	});

	test.each([
		"/no/such/program",
		"no-such-program-anywhere",
		"/etc/passwd",
		"",
	])("%j can't be run", (text) => {
		const held = holdCommand(text);
		expect(held.ok || held.failure.code).toBe("E0714");
	});
});

describe("a process", () => {
	test("is followed to its end", async () => {
		const child = spawn("sleep", ["100"]);
		const followed = followProcess(koffiFfi, child.pid ?? 0);
		if (!followed.ok) throw new Error(JSON.stringify(followed.failure));
		let ends = 0;
		const end = new Promise<void>((resolve) => {
			followed.value.onEnd(() => {
				ends++;
				resolve();
			});
		});
		await sleep(50);
		expect(ends).toBe(0);
		child.kill();
		await end;
		await sleep(50);
		expect(ends).toBe(1);
		followed.value.close();
	});

	test("that does not exist is an error", () => {
		const pid = Number(
			execFileSync("sh", ["-c", "echo $$"], { encoding: "utf8" }),
		);
		const followed = followProcess(koffiFfi, pid);
		expect(followed.ok || followed.failure).toMatchObject({
			code: "E0713",
			args: { pid, why: expect.stringContaining("ESRCH") },
		});
	});
});

async function until(holds: () => boolean): Promise<void> {
	for (;;) {
		try {
			if (holds()) return;
		} catch {
			// Not yet.
		}
		await sleep(10);
	}
}

// What the guest's clang hands over, and what it leaves to the guest; both ends on this machine, with two stand-ins for
// clang that say whose they are.
import { execFile } from "node:child_process";
import {
	type FSWatcher,
	mkdirSync,
	mkdtempSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { serveClang } from "./clang-on-host.ts";

let folder: string;
let server: FSWatcher;
const path = process.env.PATH;

/** Finds a text that says so wrong. */
const standIn = (whose: string) => `#!/bin/sh
text=$(cat)
echo "from ${whose}" >&2
[ "$text" != "wrong for ${whose}" ] || exit 1
echo "$text, $* in $PWD"
`;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "kask-clang-test-"));
	for (const whose of ["host", "guest"]) {
		mkdirSync(join(folder, whose));
		const file = join(folder, whose, "clang");
		writeFileSync(file, standIn(whose), { mode: 0o755 });
	}
	process.env.PATH = `${join(folder, "host")}:${path}`;
	server = serveClang(join(folder, "share"));
});
afterEach(() => {
	server.close();
	process.env.PATH = path;
	rmSync(folder, { recursive: true, force: true });
});

/** As the guest calls it, with its own clang next on the PATH. */
function callClang(text: string, ...args: string[]) {
	const bin = join(folder, "share/bin");
	const options = {
		cwd: folder,
		env: { PATH: `${bin}:${join(folder, "guest")}:${path}` },
	};
	return new Promise<{ stdout: string; stderr: string; code: unknown }>(
		(resolve) => {
			const clang = execFile(
				join(bin, "clang"),
				args,
				options,
				(error, stdout, stderr) =>
					resolve({ stdout, stderr, code: error?.code ?? 0 }),
			);
			clang.stdin?.end(text);
		},
	);
}

const program = ["-mcpu=v3", "-I", "a folder", "-o", "-", "-"];

test("a program is compiled by the host, in the same folder", async () => {
	expect(await callClang("text", ...program)).toEqual({
		stdout: `text, -mcpu=v3 -I a folder -o - - in ${folder}\n`,
		stderr: "from host\n",
		code: 0,
	});
});

test("several at a time each get their own", async () => {
	const texts = ["one", "two", "three", "four"];
	const runs = await Promise.all(texts.map((t) => callClang(t, ...program)));
	expect(runs.map(({ stdout }) => stdout.split(",")[0])).toEqual(texts);
});

test("what the host finds wrong, the guest's own clang judges", async () => {
	const { stdout, stderr } = await callClang("wrong for host", ...program);
	expect([stdout.split(",")[0], stderr]).toEqual([
		"wrong for host",
		"from guest\n",
	]);
	const both = await callClang("wrong for guest", "-c", "-o", "-", "-");
	expect(both).toEqual({ stdout: "", stderr: "from guest\n", code: 1 });
});

test("headers are read by the guest's own", async () => {
	const { stderr } = await callClang("text", "-E", "-o", "-", "-");
	expect(stderr).toBe("from guest\n");
});

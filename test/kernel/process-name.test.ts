// What kask's own process is called: as kask is linked, for scripts that ask for `comm` and for people in ps.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const KASK = join(import.meta.dirname, "../../bin/kask");
const SCRIPT =
	'begin { printf("%s\\n", comm); system("cat /proc/$PPID/comm; env"); exit(); }';
let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "kask-name-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each(["kask", "bpftrace"])(
	"%s, and what it starts knows nothing of it",
	(name) => {
		const link = join(folder, name);
		symlinkSync(KASK, link);
		const { stdout } = spawnSync(link, ["--unsafe", "-e", SCRIPT], {
			encoding: "utf8",
			env: { PATH: process.env.PATH },
		});
		const lines = stdout.split("\n");
		expect(lines.slice(0, 2)).toEqual([name, name]);
		expect(lines.filter((line) => line.startsWith("KASK_"))).toEqual([]);
	},
);

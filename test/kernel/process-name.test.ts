// What kask's own process is called: as kask is linked, for scripts that ask for `comm`, for people in ps, for pidof.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const KASK = join(import.meta.dirname, "../../bin/kask");
const SCRIPT =
	'begin { printf("%s\\n", comm); system(". ./told.sh"); exit(); }';
const TOLD = `
cat /proc/$PPID/comm
tr '\\0' '\\n' </proc/$PPID/cmdline
env
`;
let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "kask-name-"));
	writeFileSync(join(folder, "told.sh"), TOLD);
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each(["kask", "bpftrace"])(
	"%s, and what it starts knows nothing of it",
	(name) => {
		const link = join(folder, name);
		symlinkSync(KASK, link);
		const words = ["--unsafe", "-e", SCRIPT, "", "ä b"];
		const { stdout } = spawnSync(link, words, {
			encoding: "utf8",
			cwd: folder,
			env: { PATH: process.env.PATH },
		});
		const lines = stdout.split("\n");
		expect(lines.slice(0, 2)).toEqual([name, name]);
		const given = [name, ...words].join("\n").split("\n");
		expect(lines.slice(2, 2 + given.length)).toEqual(given);
		expect(lines.filter((line) => line.startsWith("KASK_"))).toEqual([]);
	},
);

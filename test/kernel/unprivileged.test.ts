// kask without root: it may not ask the kernel what it can do, and must not say that it lacks what it was not asked for.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const kask = join(import.meta.dirname, "../../bin/kask");
const NOBODY = 65_534;

test("a feature that cannot be asked for is not said to be missing", () => {
	const script = "uprobe:libc:getenv { signal(10); }";
	const { stderr } = spawnSync(kask, ["--unsafe", "-e", script], {
		uid: NOBODY,
		gid: NOBODY,
		cwd: "/",
		encoding: "utf8",
	});
	expect(stderr).toContain("[E0702]");
	expect(stderr).not.toContain("E0479");
}, 20_000);

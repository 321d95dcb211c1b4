// What the guest boots from: the archive as cpio reads it, and the modules in the order of their needs.
import { execFileSync } from "node:child_process";
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { packInitramfs } from "./initramfs.ts";
import { collectModules } from "./kernel-modules.ts";

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "kask-vm-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const BUSYBOX = "/bin/busybox";

test.runIf(existsSync(BUSYBOX))("cpio reads the archive back", () => {
	const init = join(folder, "init.sh");
	writeFileSync(init, "#!/bin/sh\necho odd\n");
	const modules = [
		{ name: "first", bytes: Buffer.from("1") },
		{ name: "second", bytes: Buffer.from("22222") },
	];
	const archive = packInitramfs(init, init, modules);
	const read = (...args: string[]) =>
		execFileSync(BUSYBOX, ["cpio", ...args], {
			cwd: folder,
			input: archive,
			encoding: "utf8",
			stdio: ["pipe", "pipe", "ignore"],
		});
	expect(read("-t").split("\n")).toEqual(
		expect.arrayContaining(["bin/busybox", "bin/sh", "init", "dev"]),
	);
	expect(read("-i", "--to-stdout", "init")).toBe("#!/bin/sh\necho odd\n");
	expect(read("-i", "--to-stdout", "modules/order")).toBe(
		"/modules/first.ko\n/modules/second.ko\n",
	);
	expect(read("-i", "--to-stdout", "modules/second.ko")).toBe("22222");
});

describe("collectModules", () => {
	beforeEach(() => {
		mkdirSync(join(folder, "kernel/fs"), { recursive: true });
		const write = (name: string, needs: string) =>
			writeFileSync(
				join(folder, "kernel/fs", `${name}.ko`),
				`\x7fELF\0license=GPL\0depends=${needs}\0name=${name}\0`,
			);
		write("top", "mid-one,mid_two,built-in");
		write("mid-one", "base");
		write("mid-two", "base");
		write("base", "");
		writeFileSync(
			join(folder, "modules.builtin"),
			"kernel/fs/built_in.ko\nkernel/fs/other.ko\n",
		);
	});

	test("puts what a module depends on before it, once", () => {
		const names = collectModules(folder, ["top", "other", "base"]).map(
			(module) => module.name,
		);
		expect(names).toEqual(["base", "mid_one", "mid_two", "top"]);
	});

	test("a module that the kernel does not have is an error", () => {
		expect(() => collectModules(folder, ["nope"])).toThrow(
			"the kernel has no module nope",
		);
	});
});

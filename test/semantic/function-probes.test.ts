// What specs of functions resolve to: kprobe, fentry, uprobe, usdt.
import { describe, expect, test } from "vitest";
import { listProbes } from "../../src/probes/listing.ts";
import { fakeEnvironment } from "./fake-environment.ts";
import { machine, names, only } from "./probe-machine.ts";
import { resolve } from "./resolve-probe.ts";

describe("kprobe", () => {
	test("has arguments in registers", () => {
		const match = only("k:vfs_read");
		expect(match).toMatchObject({
			probe: "kprobe:vfs_read",
			func: "vfs_read",
			section: "kprobe",
			hasRegisters: true,
			target: { kind: "kprobe", function: "vfs_read", offset: 0, ret: false },
		});
		const offsets = match?.args?.()?.members.map((m) => m.offset);
		expect(offsets).toEqual(process.arch === "arm64" ? [0, 8] : [112, 104]);
	});
	test("inside a function has none", () => {
		const match = only("kprobe:vfs_read+0x10");
		expect(match).toMatchObject({
			probe: "kprobe:vfs_read+16",
			target: { offset: 16 },
		});
		expect(match?.args?.()).toBeUndefined();
	});
	test("of a module names it, of the kernel proper does not", () => {
		expect(only("kprobe:ext4:ext4_sync_file")?.target).toHaveProperty(
			"module",
			"ext4",
		);
		expect(only("kprobe:vmlinux:vfs_read")?.target).not.toHaveProperty(
			"module",
		);
	});
	test.each([
		[
			"kprobe:vfs_*",
			["kprobe:vfs_read", "kprobe:vfs_write", "kprobe:vfs_write"],
		],
		["kprobe:e*:*sync*", ["kprobe:ext4:ext4_sync_file"]],
		[
			"kretprobe:*:vfs_write",
			["kretprobe:vmlinux:vfs_write", "kretprobe:ext4:vfs_write"],
		],
	])("%s", (spec, probes) => expect(names(spec)).toEqual(probes));
	test("kretprobe has a result", () => {
		const match = only("kr:vfs_read");
		expect(match).toMatchObject({
			section: "kretprobe",
			target: { ret: true },
		});
		expect(match?.retval?.()).toMatchObject({ kind: "int", size: 8 });
		expect(match?.args).toBeUndefined();
	});
});

describe("fentry and fexit", () => {
	test("follow pointers to kernel structs", () => {
		const match = only("f:vfs_read");
		expect(match).toMatchObject({
			probe: "fentry:vmlinux:vfs_read",
			section: "fentry/vfs_read",
			programType: "tracing",
		});
		expect(match?.args?.()?.members).toMatchObject([
			{ name: "file", offset: 0, type: { kind: "pointer", trusted: true } },
			{ name: "flags", offset: 8, type: { kind: "int" } },
		]);
		expect(match?.retval).toBeUndefined();
	});
	test("fexit has its result behind the arguments", () => {
		expect(only("kretfunc:vmlinux:vfs_read")).toMatchObject({
			probe: "fexit:vmlinux:vfs_read",
			retvalOffset: 16,
		});
	});
	test("wildcards go over the functions with types", () => {
		expect(names("fentry:ext4:*")).toEqual([
			"fentry:ext4:ext4_sync_file",
			"fentry:ext4:vfs_write",
		]);
	});
});

describe("uprobe", () => {
	test.each([
		["u:libc:malloc", "uprobe:/lib/libc.so.6:malloc", 0x100],
		[
			"uprobe:/lib/libc.so.6:malloc+0x3f",
			"uprobe:/lib/libc.so.6:malloc+63",
			0x13f,
		],
		["uprobe:/bin/app:main+4", "uprobe:/bin/app:main+4", 0x14],
		["uprobe:/bin/app:0x400123", "uprobe:/bin/app:0x400123", 0x123],
		[
			'uprobe:/bin/app:cpp:"app::run"',
			"uprobe:/bin/app:cpp:_ZN3app3runEi",
			0x50,
		],
		['uprobe:/bin/app:cpp:"app::*"', "uprobe:/bin/app:cpp:_ZN3app3runEi", 0x50],
		[
			'uprobe:/bin/app:cpp:"app::run(int)"',
			"uprobe:/bin/app:cpp:_ZN3app3runEi",
			0x50,
		],
	])("%s", (spec, probe, offset) => {
		expect(only(spec)).toMatchObject({
			probe,
			section: "uprobe",
			target: { kind: "uprobe", offset, ret: false, pid: -1 },
		});
	});
	test("wildcards tell functions at one address once", () => {
		expect(names("uprobe:libc:*free")).toEqual(["uprobe:/lib/libc.so.6:free"]);
	});
	test("what has no size is probed under --unsafe only", () => {
		const files = {
			"/bin/raw": {
				_init: { offset: 8, size: 0 },
				_in: { offset: 16, size: 4 },
			},
		};
		const probes = (unsafe: boolean) =>
			resolve("uprobe:/bin/raw:_in*", { files, unsafe }).matches.length;
		expect(probes(false)).toBe(1);
		expect(probes(true)).toBe(2);
	});
	test("a kernel function that is not known is tried under --unsafe only", () => {
		const probes = (spec: string, unsafe: boolean) =>
			resolve(spec, { unsafe }).matches.map((m) => m.probe);
		expect(probes("kprobe:no_such_function", false)).toEqual([]);
		expect(probes("kprobe:no_such_function", true)).toEqual([
			"kprobe:no_such_function",
		]);
		expect(probes("kretprobe:no_such_*", true)).toEqual([]);
	});
	test("an address of the kernel is probed under --unsafe only", () => {
		const targets = (spec: string, unsafe: boolean) =>
			resolve(spec, { unsafe }).matches.map(({ target }) => target);
		const address = "ffffffff81000010";
		expect(targets(`kprobe:0x${address}`, true)).toEqual([
			{ kind: "kprobe_address", address },
		]);
		expect(targets(`kprobe:0x${address}`, false)).toEqual([]);
		expect(targets(`kprobe:0x1${address}`, true)).toEqual([]);
		expect(targets(`kprobe:vmlinux:0x${address}`, true)).toEqual([]);
		expect(targets(`kretprobe:0x${address}`, true)).toEqual([]);
	});
	test("wildcards in the path", () => {
		expect(names("uprobe:/bin/app*:main")).toEqual([
			"uprobe:/bin/app:main",
			"uprobe:/bin/apple:main",
		]);
	});
	test("under -p the program itself may be left out", () => {
		const files = { "/proc/7/exe": { main: { offset: 1, size: 1 } } };
		expect(only("uprobe:main", { files, pid: 7 })).toMatchObject({
			target: { path: "/proc/7/exe", pid: 7 },
		});
	});
	test("uretprobe", () => {
		expect(only("ur:libc:malloc")).toMatchObject({
			probe: "uretprobe:/lib/libc.so.6:malloc",
			section: "uretprobe",
			target: { ret: true },
			retvalOffset: process.arch === "arm64" ? 0 : 80,
		});
	});
});

describe("usdt", () => {
	test("stands at every place that bears its name", () => {
		const { matches } = resolve("usdt:/bin/app:app:open", machine);
		expect(matches).toMatchObject([
			{
				probe: "usdt:/bin/app:app:open",
				section: "uprobe",
				variant: "8@%rdi",
				target: { offset: 0x30, semaphore: 0x99 },
			},
			{
				probe: "usdt:/bin/app:app:open",
				variant: "8@%rax",
				target: { offset: 0x40 },
			},
		]);
	});
	test("without a namespace means that name in all of them", () => {
		expect(names("U:/bin/app:open")).toHaveLength(3);
		expect(names("usdt:/bin/app:l*:o*")).toEqual(["usdt:/bin/app:lib:open"]);
	});
});

test.each(["app::*", '"app::*"', '"app::run(int)"', "*run*"])(
	"functions of C++ are listed by cpp:%s",
	(name) => {
		const environment = fakeEnvironment(machine);
		expect([...listProbes(`uprobe:/bin/app:cpp:${name}`, environment)]).toEqual(
			["uprobe:/bin/app:cpp:_ZN3app3runEi"],
		);
	},
);

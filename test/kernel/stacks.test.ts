// Symbols of the kernel, and stacks of both sides in each mode.
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { readKallsyms } from "../../runtime/machine/kallsyms.ts";
import { openKernelSymbols } from "../../runtime/symbols/kernel.ts";
import { openSymbols } from "../../runtime/symbols/open.ts";
import { openSymbolProgram } from "../../runtime/symbols/symbol-program.ts";
import type { Settings } from "../../src/plan.ts";
import { kernel } from "./support/kernel.ts";
import { build, start } from "./support/symbol-programs.ts";

describe("kernel symbols", () => {
	const symbols = openKernelSymbols();
	const start = symbols.addressOf("vfs_read") ?? 0n;

	test("have a name and an offset, and names an address", () => {
		expect(start).toBeGreaterThan(2n ** 63n);
		expect(symbols.lookup(start)).toEqual({
			name: "vfs_read",
			offset: 0n,
			module: undefined,
		});
		expect(symbols.lookup(start + 16n)?.offset).toBe(16n);
		expect(symbols.addressOf("no_such_function")).toBeUndefined();
	});

	test("end where nothing is listed any more", () => {
		const kallsyms = readKallsyms();
		const last = kallsyms?.addresses[kallsyms.count - 1] ?? 0n;
		expect(symbols.lookup(last + (1n << 30n))).toBeUndefined();
		expect(symbols.lookup(4096n)).toBeUndefined();
	});

	test("are read once, and only when they are asked for", () => {
		let reads = 0;
		const counted = openKernelSymbols({
			kallsyms() {
				reads++;
				return readKallsyms();
			},
		});
		expect(counted.lookup(4096n)).toBeUndefined();
		expect(reads).toBe(0);
		counted.lookup(start);
		counted.lookup(start + 1n);
		counted.addressOf("vfs_write");
		expect(reads).toBe(1);
	});

	test("are told by the kernel as kallsyms has them", () => {
		const asked = openKernelSymbols({
			kallsyms: () => undefined,
			program: () => openSymbolProgram(kernel.libc),
		});
		const kallsyms = readKallsyms();
		const first = kallsyms?.find("_stext")[0] ?? 0;
		const end = kallsyms?.find("_etext")[0] ?? 0;
		for (let i = first; i < end; i += 997) {
			const address = (kallsyms?.addresses[i] ?? 0n) + 3n;
			expect(asked.lookup(address)).toEqual(symbols.lookup(address));
		}
		expect(asked.lookup(2n ** 64n - 16n)).toBeUndefined();
		asked.close();
	});
});

const settings: Settings = {
	license: "GPL",
	printMapsOnExit: true,
	missingProbes: "error",
	strTruncTrailer: "..",
	maxCatBytes: 0,
	ringBytes: 0,
	stackMode: "bpftrace",
	lazySymbolication: true,
	cppDemangle: true,
	showDebugInfo: false,
	logSize: 0,
};

describe("stacks", () => {
	const open = () =>
		openSymbols({
			plan: { attach: [], events: [], maps: [], settings },
			libc: kernel.libc,
			maps: new Map(),
		});

	test("of the kernel in each mode", () => {
		const symbols = open();
		const start = symbols.kernelSymbols.addressOf("vfs_read") ?? 0n;
		const stack = [start + 9n, 16n];
		const hex = (start + 9n).toString(16);
		expect(symbols.kernelStack(stack, "bpftrace")).toBe(
			"\n        vfs_read+9\n        0x10\n",
		);
		expect(symbols.kernelStack(stack, "perf")).toBe(
			`\n\t${hex} vfs_read+9\n\t10 0x10\n`,
		);
		expect(symbols.kernelStack(stack, "raw")).toBe(`\n${hex}\n10\n`);
		expect(symbols.kernelStack([], "bpftrace")).toBe("\n");
		expect(symbols.kernel(start + 9n, false)).toBe("vfs_read");
		expect(symbols.kernel(0n, false)).toBe("0");
	});

	test("of a process in each mode", async () => {
		const path = build("stack", "symbols.c", "-Wl,--build-id=sha1");
		const { pid, addresses } = await start(path, [], 2);
		const symbols = open();
		const outer = addresses[0] ?? 0n;
		const stack = [outer + 1n, 4096n];
		const hex = (outer + 1n).toString(16);
		expect(symbols.userStack(stack, pid, "bpftrace")).toBe(
			"\n        outer+1\n        0x1000\n",
		);
		expect(symbols.userStack(stack, pid, "perf")).toBe(
			`\n\t${hex} outer+1 (${path})\n\t1000 0x1000 ([unknown])\n`,
		);
		expect(symbols.userStack(stack, pid, "raw")).toBe(`\n${hex}\n1000\n`);
		const notes = execFileSync("readelf", ["-n", path], { encoding: "utf8" });
		const buildId = /Build ID: (\w+)/.exec(notes)?.[1];
		expect(symbols.userStack(stack, pid, "build_id")).toMatch(
			new RegExp(`^\n${buildId} 0x[0-9a-f]+\n1000\n$`),
		);
		expect(symbols.user(outer + 1n, pid)).toBe("outer");
		expect(symbols.user(4096n, pid)).toBe("0x1000");
	});
});

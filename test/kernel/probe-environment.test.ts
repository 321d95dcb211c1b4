// What the running kernel offers to probes, and what is listed of it.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { makeFeatures } from "../../runtime/features/features.ts";
import { koffiFfi } from "../../runtime/ffi/koffi.ts";
import {
	createProbeEnvironment,
	type ProbeEnvironmentOptions,
} from "../../runtime/machine/probe-environment.ts";
import { ensureTracefs } from "../../runtime/machine/tracefs.ts";
import { fail } from "../../runtime/result.ts";
import { makeDemangle } from "../../runtime/symbols/demangle.ts";
import { listProbes } from "../../src/probes/listing.ts";
import { resolveOn } from "../semantic/resolve-probe.ts";
import {
	buildProgram,
	functionOffsets,
	instructionAddresses,
} from "./support/build.ts";
import { kernel, must } from "./support/kernel.ts";

const features = makeFeatures(kernel);
const tracefs = must(ensureTracefs(kernel.libc));

function open(more: Partial<ProbeEnvironmentOptions> = {}) {
	return createProbeEnvironment({
		debugInfo: () => undefined,
		pid: -1,
		unsafe: false,
		features: () => features,
		kernel: () => kernel,
		tracefs: () => ({ ok: true, value: tracefs }),
		demangle: makeDemangle(() => koffiFfi),
		report: (failure) => {
			throw new Error(JSON.stringify(failure));
		},
		...more,
	});
}
const environment = open();
const list = (pattern: string | undefined, verbose = false) => [
	...listProbes(pattern, environment, { verbose }),
];
const targets = (spec: string, on = environment) =>
	resolveOn(spec, on).matches.map((match) => match.target);

describe("tracepoints", () => {
	test("are those that tracefs says can be attached to", () => {
		const available = readFileSync(`${tracefs}/available_events`, "utf8")
			.trim()
			.split("\n")
			.map((line) => `tracepoint:${line}`);
		expect(list("tracepoint:*").sort()).toEqual([...new Set(available)].sort());
	});
	test("are listed with their fields", () => {
		expect(list("tracepoint:syscalls:sys_enter_openat", true)).toEqual([
			"tracepoint:syscalls:sys_enter_openat",
			"    int __syscall_nr",
			"    int dfd",
			expect.stringMatching(/^ {4}.*char \* filename$/),
			"    int flags",
			expect.stringMatching(/^ {4}.* mode$/),
		]);
	});
	test("go as raw tracepoints where the kernel has one", () => {
		const [match] = resolveOn(
			"tracepoint:sched:sched_switch",
			environment,
		).matches;
		expect(match?.cheaper?.(new Set())?.target).toEqual({
			kind: "raw_tracepoint",
			name: "sched_switch",
		});
	});
	test("all of them resolve in a moment", () => {
		const before = performance.now();
		expect(targets("tracepoint:*:*").length).toBeGreaterThan(500);
		expect(performance.now() - before).toBeLessThan(2000);
	});
	test("unreadable ones are told once", () => {
		const told: string[] = [];
		const blind = open({
			tracefs: () => fail("E0709", { why: "a test" }),
			report: (failure) => told.push(failure.code),
		});
		expect(targets("tracepoint:a:b", blind)).toEqual([]);
		expect(targets("tracepoint:*:b", blind)).toEqual([]);
		expect(told).toEqual(["E0709"]);
	});
});

test("raw tracepoints have the kernel's own arguments", () => {
	const lines = list("rawtracepoint:sched_switch", true);
	expect(lines[0]).toBe("rawtracepoint:vmlinux:sched_switch");
	expect(lines).toContain("    struct task_struct * next");
});

test("kernel functions come from BTF and kallsyms", () => {
	expect(environment.modulesOf("vfs_read")).toEqual(["vmlinux"]);
	expect(environment.modulesOf("no_such_function")).toEqual([]);
	expect(list("kprobe:vfs_rea*")).toContain("kprobe:vfs_read");
	expect(list("fexit:vfs_read", true)).toEqual([
		"fexit:vmlinux:vfs_read",
		"    struct file * file",
		expect.stringMatching(/char \* buf$/),
		expect.stringMatching(/ count$/),
		expect.stringMatching(/ \* pos$/),
		expect.stringMatching(/ retval$/),
	]);
});

test("iterators and structs come from BTF", () => {
	expect(list("iter:task*")).toEqual([
		"iter:task",
		"iter:task_file",
		"iter:task_vma",
	]);
	expect(list("iter:task", true)).toEqual([
		"iter:task",
		"    struct task_struct * task",
	]);
	expect(list("struct task_stru*")).toContain("struct task_struct");
	const [text = ""] = list("struct list_head", true);
	expect(text).toBe(
		"struct list_head {\n\tstruct list_head *next;\n\tstruct list_head *prev;\n};",
	);
});

describe("a program of one's own", () => {
	const path = buildProgram("usdt");
	test("has functions at the offsets that nm tells", () => {
		const offset = functionOffsets(path).get("step") ?? -1;
		expect(targets(`uprobe:${path}:step`)).toMatchObject([{ path, offset }]);
		expect(targets(`uprobe:${path}:ste?+1`)).toEqual([]);
		const [, second = 0] = instructionAddresses(path, "step");
		const next = second - offset;
		expect(targets(`uprobe:${path}:step+${next}`)).toMatchObject([
			{ offset: second },
		]);
		expect(next).toBeGreaterThan(1);
		expect(targets(`uprobe:${path}:step+${next - 1}`)).toEqual([]);
		expect(targets(`uprobe:${path}:${offset}`)).toMatchObject([{ offset }]);
	});
	test("has USDT probes with arguments and a semaphore", () => {
		expect(list(`usdt:${path}:*`)).toEqual([
			`usdt:${path}:sample:counted`,
			`usdt:${path}:sample:step`,
		]);
		const { matches } = resolveOn(`usdt:${path}:*`, environment);
		expect(matches.map((m) => m.usdtArguments?.map((a) => a?.size))).toEqual([
			[4, 8],
			[4, 8],
		]);
		const [step, counted] = matches.map((m) => m.target);
		expect(step).toMatchObject({ kind: "uprobe", path, semaphore: 0 });
		expect(counted).toHaveProperty("semaphore", expect.any(Number));
		expect(counted).not.toHaveProperty("semaphore", 0);
	});
	test("is all that a listing of the file shows", () => {
		const lines = list(path);
		expect(lines).toContain(`uprobe:${path}:main`);
		expect(lines).toContain(`usdt:${path}:sample:step`);
		expect(lines.every((line) => line.includes(path))).toBe(true);
	});
});

describe("libraries", () => {
	test("are found by short names", () => {
		const [target] = targets("uprobe:libc:malloc");
		expect(target).toMatchObject({
			path: expect.stringMatching(/\/libc\.so\.6$/),
		});
	});
	test("of a process are those it has mapped", async () => {
		const child = spawn("sleep", ["30"]);
		try {
			await new Promise((resolve) => child.once("spawn", resolve));
			const pid = child.pid ?? -1;
			const maps = () => readFileSync(`/proc/${pid}/maps`, "utf8");
			for (let i = 0; i < 100 && !maps().includes("libc"); i++)
				await new Promise((resolve) => setTimeout(resolve, 10));
			const theirs = open({ pid });
			expect(theirs.findBinaries("*").some((p) => p.includes("libc"))).toBe(
				true,
			);
			expect(targets("uprobe:libc:malloc", theirs)).toMatchObject([{ pid }]);
			expect(theirs.findBinary(`/proc/${pid}/exe`)).toMatch(
				/\/(sleep|coreutils|busybox)$/,
			);
		} finally {
			child.kill();
		}
	});
});

test("mangled names are read by the machine's C++ library, where it has one", () => {
	const mangled = "_ZN3app3runEi";
	const hasLibrary = existsSync("/usr/lib/x86_64-linux-gnu/libstdc++.so.6");
	expect(environment.demangle(mangled)).toBe(
		hasLibrary ? "app::run(int)" : mangled,
	);
	expect(environment.demangle("plain")).toBe("plain");
});

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { type AttachOutcome, attachAll } from "../../runtime/attach/all.ts";
import { makeAttachContext } from "../../runtime/attach/context.ts";
import { chooseMulti } from "../../runtime/attach/multi.ts";
import type { LoadedObject } from "../../runtime/bpf/load.ts";
import { makeFeatures } from "../../runtime/features/features.ts";
import { ensureTracefs } from "../../runtime/machine/tracefs.ts";
import type { MapSpec } from "../../runtime/maps/read.ts";
import type { AttachTarget } from "../../src/plan.ts";
import { buildObject, buildProgram, functionOffsets } from "./support/build.ts";
import {
	fdOf,
	kernel,
	load,
	must,
	planFor,
	readCell,
} from "./support/kernel.ts";

const spec: MapSpec = {
	symbol: "cells",
	type: "array",
	keySize: 4,
	valueSize: 8,
	maxEntries: 8,
};
const Cell = {
	tracepoint: 0,
	raw: 1,
	perf: 2,
	uprobe: 3,
	uprobeCookies: 4,
	many: 5,
	manyCookies: 6,
} as const;

const bytes = buildObject("kinds");
const features = makeFeatures(kernel);
const context = makeAttachContext(kernel, must(ensureTracefs(kernel.libc)));
const closers: (() => void)[] = [];
afterEach(() => {
	for (const close of closers.splice(0).reverse()) close();
});

interface Attached extends AttachOutcome {
	readonly object: LoadedObject;
	count(cell: number): number;
}

function attach(
	symbol: string,
	section: string,
	targets: readonly AttachTarget[],
	cookies = true,
): Attached {
	const made = planFor(symbol, section, targets);
	const plan = {
		...made,
		attach: made.attach.map((r, i) => ({
			...r,
			probe: i === 0 ? r.probe : `${r.probe}_${i}`,
			cookie: cookies ? r.cookie : undefined,
		})),
	};
	const support = {
		kprobe: features.has("kprobe_multi"),
		uprobe: features.has("uprobe_multi"),
	};
	const multi = chooseMulti(plan, support);
	const object = load(bytes, { programs: multi });
	const outcome = attachAll(context, plan, plan.attach, object, multi);
	closers.push(
		() => object.close(),
		() => outcome.attached.close(),
	);
	return {
		...outcome,
		object,
		count: (cell) => readCell(fdOf(object.maps, "cells"), spec, cell),
	};
}

/** Keeps a CPU busy. */
function spin(ms: number): void {
	for (const end = performance.now() + ms; performance.now() < end; );
}

describe("tracepoints", () => {
	test("count what happens, and nothing after detaching", () => {
		const run = attach("on_tracepoint", "tp", [
			{ kind: "tracepoint", category: "sched", event: "sched_process_exec" },
		]);
		expect(run.failures).toEqual([]);
		for (let i = 0; i < 3; i++) execFileSync("/bin/true");
		run.attached.detach();
		const counted = run.count(Cell.tracepoint);
		expect(counted).toBeGreaterThanOrEqual(3);
		execFileSync("/bin/true");
		expect(run.count(Cell.tracepoint)).toBe(counted);
	});

	test("that the kernel lacks are failures that name the probe", () => {
		const run = attach("on_tracepoint", "tp", [
			{ kind: "tracepoint", category: "sched", event: "no_such_event" },
		]);
		expect(run.attached.count).toBe(0);
		expect(run.failures).toHaveLength(1);
		expect(run.failures[0]?.failure).toMatchObject({
			code: "E0708",
			args: { probe: "on_tracepoint" },
		});
	});

	test("a failing one does not keep the others from being attached", () => {
		const run = attach(
			"on_raw_tracepoint",
			"raw_tp",
			[
				{ kind: "raw_tracepoint", name: "no_such_event" },
				{ kind: "raw_tracepoint", name: "sys_enter" },
			],
			false,
		);
		expect(run.failures.map(({ request }) => request.target)).toEqual([
			{ kind: "raw_tracepoint", name: "no_such_event" },
		]);
		readFileSync("/proc/self/stat");
		expect(run.count(Cell.raw)).toBeGreaterThan(0);
	});
});

describe("clocks and perf events", () => {
	test("profile fires on each CPU that is busy", () => {
		const run = attach("on_perf_event", "perf_event", [
			{ kind: "profile", unit: "frequency", every: 999 },
		]);
		expect(run.failures).toEqual([]);
		expect(run.attached.links).toHaveLength(context.onlineCpus.length);
		spin(200);
		expect(run.count(Cell.perf)).toBeGreaterThan(50);
	});

	test("interval fires on one CPU, at its period", async () => {
		const run = attach("on_perf_event", "perf_event", [
			{ kind: "interval", unit: "period", every: 20_000_000 },
		]);
		expect(run.attached.links).toHaveLength(1);
		await new Promise((resolve) => setTimeout(resolve, 1000));
		run.attached.detach();
		expect(run.count(Cell.perf)).toBeGreaterThan(35);
		expect(run.count(Cell.perf)).toBeLessThan(60);
	});

	test("software events count within one process", () => {
		const PAGE_FAULTS = 2;
		const run = attach("on_perf_event", "perf_event", [
			{
				kind: "perf_event",
				type: 1,
				config: PAGE_FAULTS,
				period: 1,
				pid: process.pid,
			},
		]);
		expect(run.failures).toEqual([]);
		new Uint8Array(4_000_000).fill(1);
		expect(run.count(Cell.perf)).toBeGreaterThan(100);
	});

	const watches = features.has("watchpoint");
	test.skipIf(!watches)("a watchpoint sees each write to its place", () => {
		const memory = kernel.ffi.allocate(16);
		const run = attach("on_perf_event", "perf_event", [
			{
				kind: "watchpoint",
				address: `0x${memory.address.toString(16)}`,
				length: 4,
				mode: "w",
				pid: process.pid,
			},
		]);
		expect(run.failures).toEqual([]);
		const before = run.count(Cell.perf);
		for (let i = 1; i <= 5; i++) memory.bytes[0] = i;
		for (let i = 1; i <= 5; i++) memory.bytes[8] = i;
		expect(run.count(Cell.perf) - before).toBe(5);
	});

	test("an event that the kernel does not know is a failure", () => {
		const run = attach("on_perf_event", "perf_event", [
			{ kind: "perf_event", type: 1, config: 9999, period: 1, pid: -1 },
		]);
		expect(run.failures[0]?.failure).toMatchObject({ code: "E0708" });
	});
});

describe("uprobes", () => {
	const path = buildProgram("target");
	const offsets = functionOffsets(path);
	const at = (
		name: string,
		more: Partial<Extract<AttachTarget, { kind: "uprobe" }>> = {},
	): AttachTarget => {
		const offset = offsets.get(name) ?? 0;
		return {
			kind: "uprobe",
			path,
			offset,
			ret: false,
			semaphore: 0,
			pid: -1,
			...more,
		};
	};

	test.each([false, true])(
		"count calls, with their cookie (return: %s)",
		(ret) => {
			const run = attach("on_uprobe", "uprobe", [at("first", { ret })]);
			expect(run.failures).toEqual([]);
			execFileSync(path, ["25"]);
			expect(run.count(Cell.uprobe)).toBe(25);
			expect(run.count(Cell.uprobeCookies)).toBe(25);
		},
	);

	test("many places of one file go together where the kernel can", () => {
		const run = attach("on_many_uprobes", "uprobe", [
			at("first"),
			at("second"),
			at("main"),
		]);
		expect(run.failures).toEqual([]);
		expect(run.attached.count).toBe(3);
		expect(run.attached.links).toHaveLength(
			features.has("uprobe_multi") ? 1 : 3,
		);
		execFileSync(path, ["10"]);
		expect(run.count(Cell.many)).toBe(21);
		expect(run.count(Cell.manyCookies)).toBe(10 * 1 + 10 * 2 + 3);
	});

	test("a missing file is found among many, and told", () => {
		const run = attach("on_many_uprobes", "uprobe", [
			at("first"),
			at("second", { path: "/no/such/file" }),
			at("main"),
		]);
		expect(run.failures).toHaveLength(1);
		expect(run.failures[0]?.failure.errno).toBe(2);
		execFileSync(path, ["10"]);
		expect(run.count(Cell.many)).toBe(11);
	});
});

test("kprobes are attached, or told to be missing from this kernel", () => {
	const run = attach("on_uprobe", "kprobe", [
		{ kind: "kprobe", function: "vfs_read", offset: 0, ret: false },
	]);
	if (features.has("kprobe")) {
		expect(run.failures).toEqual([]);
		readFileSync("/proc/self/stat");
		expect(run.count(Cell.uprobe)).toBeGreaterThan(0);
	} else {
		expect(run.failures[0]?.failure).toMatchObject({ code: "E0707" });
	}
});

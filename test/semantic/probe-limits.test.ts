// max_probes counts what is attached one by one; functions that the kernel takes in one go count as one.
import { expect, test } from "vitest";
import { Diagnostics } from "../../src/base/diagnostics.ts";
import type { AttachTarget } from "../../src/plan.ts";
import { reportLimits } from "../../src/semantic/probe-limits.ts";
import type { ProgramSeed } from "../../src/semantic/probes.ts";

type Limited = Parameters<typeof reportLimits>[2];

const uprobe = (path: string, offset: number): AttachTarget => ({
	...{ kind: "uprobe", path, offset, ret: false },
	...{ semaphore: 0, pid: -1 },
});
const kprobe = (module?: string): AttachTarget => ({
	...{ kind: "kprobe", function: "f", offset: 0, ret: false },
	...(module === undefined ? {} : { module }),
});

function reported(features: readonly string[], ...seeds: AttachTarget[][]) {
	const diagnostics = new Diagnostics();
	const limited = {
		configuration: new Map([
			["max_probes", "3"],
			["max_bpf_progs", "3"],
		]),
		environment: { probes: { has: (f: string) => features.includes(f) } },
	} as unknown as Limited;
	const attached = seeds.map(
		(targets) =>
			({
				attach: targets.map((target) => ({ target })),
			}) as unknown as ProgramSeed,
	);
	reportLimits([], attached, limited, diagnostics);
	return diagnostics.all.map(({ code, text }) => `${code} ${text}`);
}

const four = (make: (i: number) => AttachTarget) => [0, 1, 2, 3].map(make);
const many = "E0302 4 probes are more than max_probes allows (3)";

test("functions of one file are one link", () => {
	const inOne = four((i) => uprobe("/bin/a", i));
	expect(reported(["uprobe_multi"], inOne)).toEqual([]);
	expect(reported([], inOne)).toEqual([many]);
	const files = four((i) => uprobe(`/bin/${i}`, 0));
	expect(reported(["uprobe_multi"], files)).toEqual([many]);
});

test("functions of the kernel are one, but those of a module", () => {
	expect(
		reported(
			["kprobe_multi"],
			four(() => kprobe()),
		),
	).toEqual([]);
	expect(
		reported(
			["uprobe_multi"],
			four(() => kprobe()),
		),
	).toEqual([many]);
	const ofModule = four(() => kprobe("ext4"));
	expect(reported(["kprobe_multi"], ofModule)).toEqual([many]);
});

test("all programs count together", () => {
	const tracepoint: AttachTarget = {
		kind: "tracepoint",
		category: "sched",
		event: "sched_switch",
	};
	const two = [tracepoint, tracepoint];
	expect(reported(["kprobe_multi"], two, two)).toEqual([many]);
	expect(reported([], [tracepoint], two)).toEqual([]);
	const single = [tracepoint];
	expect(reported([], single, single, single, single)).toEqual([
		many,
		"E0330 this script comes to 4 programs, more than max_bpf_progs allows (3)",
	]);
});

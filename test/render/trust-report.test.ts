// The trust report as text and as a record.
import { expect, test } from "vitest";
import { writeJson } from "../../src/base/json-tree.ts";
import {
	lostNothing,
	type TrustReport,
	trustJson,
	trustLine,
	trustText,
} from "../../src/commands/trust-report.ts";

const report: TrustReport = {
	timed: 2e9,
	total: 2e9,
	cpus: 2,
	probes: [
		{
			probe: "tracepoint:raw_syscalls:sys_enter",
			runs: 400_000,
			nanoseconds: 40_000_000,
			missed: 0,
			wholly: true,
		},
	],
	losses: [],
};

const lossy: TrustReport = {
	...report,
	timed: 4e7,
	probes: [
		{
			probe: "fentry:vfs_read",
			runs: 1500,
			nanoseconds: 300_000,
			missed: 2,
			wholly: false,
		},
		{
			probe: "fexit:vfs_read",
			runs: 0,
			nanoseconds: 0,
			missed: 0,
			wholly: false,
		},
	],
	losses: [
		{ reason: "map-full", map: "seen", count: 17n },
		{ reason: "ring-full", count: 3n },
		{ reason: "divide-by-zero", count: 9n },
	],
};

test("nothing lost is one line", () => {
	expect(lostNothing(report)).toBe(true);
	expect(trustLine(report)).toBe(
		"Nothing lost; the probes ran 400000 times and took 40.0 ms, 1.00 % of the CPUs",
	);
});

test("probes that were in no window", () => {
	const [, seldom] = lossy.probes;
	expect(
		trustLine({ ...lossy, losses: [], probes: seldom ? [seldom] : [] }),
	).toBe("Nothing lost; the probes ran too seldom to be timed");
});

test("wholly measured", () => {
	expect(trustText(report)).toBe(
		`
Trust report: 2.00 s on 2 CPUs
  PROBE                                                RUNS  NS EACH    TOTAL MS   OF CPUS
  tracepoint:raw_syscalls:sys_enter                  400000      100        40.0    1.00 %
  lost: nothing`.trimStart(),
	);
});

test("scaled, with losses", () => {
	expect(lostNothing(lossy)).toBe(false);
	expect(trustText(lossy)).toBe(
		`
Trust report: 2.00 s on 2 CPUs; timed for 0.04 s of them and scaled
  PROBE                                                RUNS  NS EACH    TOTAL MS   OF CPUS
  fentry:vfs_read *                                   ~1500      200         0.3    0.01 %
  fexit:vfs_read *                                        0        -         0.0    0.00 %
  * the program alone: the way into it could not be measured
  lost: 17 new keys that found their map full (@seen)
  lost: 3 events that found the ring buffer full
  lost: 2 runs of fentry:vfs_read, which was running on that CPU already`.trimStart(),
	);
});

test("one of a kind", () => {
	const losses = [
		{ reason: "string-truncated", count: 1n },
		{ reason: "map-full", count: 1n, map: "seen" },
	] as const;
	const text = trustText({ ...lossy, losses });
	expect(text).toContain("lost: 1 string cut at its end\n");
	expect(text).toContain("lost: 1 new key that found its map full (@seen)\n");
});

test("as a record", () => {
	const parsed = JSON.parse(writeJson(trustJson(lossy)));
	expect(parsed).toEqual({
		nanoseconds: 2e9,
		timed_nanoseconds: 4e7,
		cpus: 2,
		probes: [
			{
				probe: "fentry:vfs_read",
				runs: 1500,
				nanoseconds: 300_000,
				cpu_share: 0.000075,
				missed: 2,
				whole: false,
			},
			{
				probe: "fexit:vfs_read",
				runs: 0,
				nanoseconds: 0,
				cpu_share: 0,
				missed: 0,
				whole: false,
			},
		],
		lost: [
			{ reason: "map-full", map: "seen", count: 17 },
			{ reason: "ring-full", count: 3 },
		],
	});
});

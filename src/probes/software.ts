// software: events that the kernel counts itself, on every machine.
import type { ProbeProvider } from "./definition.ts";
import {
	type PerfEvent,
	perfEventMatches,
	perfEventNames,
	perfType,
	usualPeriods,
} from "./perf-event.ts";

/** `enum perf_sw_ids`; the usual periods are those that bpftrace's users know. */
const events: readonly PerfEvent[] = [
	{ name: "alignment-faults", config: 7, period: 1 },
	{ name: "bpf-output", config: 10, period: 1 },
	{ name: "context-switches", alias: "cs", config: 3, period: 1000 },
	{ name: "cpu-clock", alias: "cpu", config: 0, period: 1_000_000 },
	{ name: "cpu-migrations", config: 4, period: 1 },
	{ name: "dummy", config: 9, period: 1 },
	{ name: "emulation-faults", config: 8, period: 1 },
	{ name: "major-faults", config: 6, period: 1 },
	{ name: "minor-faults", config: 5, period: 100 },
	{ name: "page-faults", alias: "faults", config: 2, period: 100 },
	{ name: "task-clock", config: 1, period: 1 },
];

export const software: ProbeProvider = {
	name: "software",
	aliases: ["s"],
	forms: ["software:EVENT", "software:EVENT:COUNT"],
	doc: `Counts events of the kernel itself, such as page faults and context switches, and fires at every COUNT of them. ${usualPeriods(events)}`,
	fires:
		"on the CPU and in the process that caused the event, each time the kernel has counted so many of them",
	example: "software:page-faults:100 { @[comm] = count(); }",
	listing: "kernel",
	resolve: (spec, context) =>
		perfEventMatches(software, perfType.software, events, spec, context),
	list: (parts) => perfEventNames("software", events, parts),
};

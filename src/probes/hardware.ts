// hardware: events that the processor counts. Many virtual machines have none.
import type { ProbeProvider } from "./definition.ts";
import {
	type PerfEvent,
	perfEventMatches,
	perfEventNames,
	perfType,
	usualPeriods,
} from "./perf-event.ts";

/** `enum perf_hw_id`; the usual periods are those that bpftrace's users know. */
const events: readonly PerfEvent[] = [
	{ name: "backend-stalls", config: 8, period: 1_000_000 },
	{
		name: "branch-instructions",
		alias: "branches",
		config: 4,
		period: 100_000,
	},
	{ name: "branch-misses", config: 5, period: 100_000 },
	{ name: "bus-cycles", config: 6, period: 100_000 },
	{ name: "cache-misses", config: 3, period: 1_000_000 },
	{ name: "cache-references", config: 2, period: 1_000_000 },
	{ name: "cpu-cycles", alias: "cycles", config: 0, period: 1_000_000 },
	{ name: "frontend-stalls", config: 7, period: 1_000_000 },
	{ name: "instructions", config: 1, period: 1_000_000 },
	{ name: "ref-cycles", config: 9, period: 1_000_000 },
];

export const hardware: ProbeProvider = {
	name: "hardware",
	aliases: ["h"],
	forms: ["hardware:EVENT", "hardware:EVENT:COUNT"],
	doc: `Counts events of the processor, such as cache misses, and fires at every COUNT of them. ${usualPeriods(events)}`,
	fires:
		"on the CPU that caused the event, whatever runs there, from the interrupt that a full counter raises (on x86 one that cannot be held off)",
	example: "hardware:cache-misses:1e6 { @[comm] = count(); }",
	needs: "hardware",
	listing: "kernel",
	resolve: (spec, context) =>
		perfEventMatches(hardware, perfType.hardware, events, spec, context),
	list: (parts) => perfEventNames("hardware", events, parts),
	nearest: () => "software:cpu-clock, or profile:hz:99 to see what the CPUs do",
};

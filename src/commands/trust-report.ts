// The trust report: what tracing cost, and what was lost. As text for people, as a record for programs.
import type { Costs, ProbeCost } from "../../runtime/cost/observer.ts";
import type { Loss } from "../../runtime/session/losses.ts";
import { toByteString } from "../base/byte-text.ts";
import type { JsonTree } from "../base/json-tree.ts";

export interface TrustReport extends Costs {
	readonly losses: readonly Loss[];
}

/** What cannot be wrong with what is shown: results of expressions are no losses. */
const lossNames: Readonly<
	Partial<Record<Loss["reason"], readonly [one: string, more: string]>>
> = {
	"ring-full": [
		"event that found the ring buffer full",
		"events that found the ring buffer full",
	],
	"map-full": [
		"new key that found its map full",
		"new keys that found their map full",
	],
	"stack-lost": ["stack", "stacks"],
	"process-unknown": [
		"stack of a process without unwind tables",
		"stacks of processes without unwind tables",
	],
	"string-truncated": ["string cut at its end", "strings cut at their ends"],
	"read-failed": ["read of memory that failed", "reads of memory that failed"],
};

/** Of all CPUs' time, 0 to 1. */
function shareOf(nanoseconds: number, { total, cpus }: Costs): number {
	return total > 0 ? nanoseconds / (total * cpus) : 0;
}

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;
const milliseconds = (ns: number): string => (ns / 1e6).toFixed(1);

/** Statistics were on in windows only, so that figures are estimates. */
const isScaled = ({ timed, total }: Costs): boolean => timed < total * 0.9;

function sum(costs: Costs, part: "runs" | "nanoseconds" | "missed"): number {
	return costs.probes.reduce((all, probe) => all + probe[part], 0);
}

export function lostNothing(report: TrustReport): boolean {
	return sum(report, "missed") === 0 && lossLines(report).length === 0;
}

/** One line, for when nothing was lost. */
export function trustLine(report: TrustReport): string {
	const runs = sum(report, "runs");
	const nanoseconds = sum(report, "nanoseconds");
	const about = isScaled(report) ? "about " : "";
	const alone = report.probes.every(({ wholly }) => wholly)
		? ""
		: " in their programs alone";
	const cost =
		runs === 0
			? "the probes ran too seldom to be timed"
			: `the probes ran ${about}${runs} times and took ${milliseconds(nanoseconds)} ms${alone}, ${percent(shareOf(nanoseconds, report))} of the CPUs`;
	return `Nothing lost; ${cost}`;
}

const columns = (cells: readonly string[]): string => {
	const [probe = "", ...numbers] = cells;
	const widths = [12, 8, 11, 9];
	const right = numbers.map((text, i) => text.padStart(widths[i] ?? 0));
	return `  ${[probe.padEnd(44), ...right].join(" ")}`.trimEnd();
};

function probeLine(report: TrustReport, probe: ProbeCost): string {
	const { runs, nanoseconds } = probe;
	const mark = isScaled(report) && runs > 0 ? "~" : "";
	return columns([
		`${probe.probe}${probe.wholly ? "" : " *"}`,
		`${mark}${runs}`,
		runs > 0 ? String(Math.round(nanoseconds / runs)) : "-",
		milliseconds(nanoseconds),
		percent(shareOf(nanoseconds, report)),
	]);
}

function lossLines({ losses, probes }: TrustReport): string[] {
	return [
		...losses.flatMap(({ reason, count, map }) => {
			const names = lossNames[reason];
			const where = map === undefined ? "" : ` (@${map})`;
			if (names === undefined) return [];
			return [`  lost: ${count} ${names[count === 1n ? 0 : 1]}${where}`];
		}),
		...probes
			.filter(({ missed }) => missed > 0)
			.map(
				({ probe, missed }) =>
					`  lost: ${missed} ${missed === 1 ? "run" : "runs"} of ${probe}, which was running on that CPU already`,
			),
	];
}

/** The whole report. */
export function trustText(report: TrustReport): string {
	const seconds = (ns: number) => (ns / 1e9).toFixed(2);
	const timed = isScaled(report)
		? `; timed for ${seconds(report.timed)} s of them and scaled`
		: "";
	const lost = lossLines(report);
	const lines = [
		`Trust report: ${seconds(report.total)} s on ${report.cpus} CPUs${timed}`,
		columns(["PROBE", "RUNS", "NS EACH", "TOTAL MS", "OF CPUS"]),
		...report.probes.map((probe) => probeLine(report, probe)),
		...(report.probes.some(({ wholly }) => !wholly)
			? ["  * the program alone: the way into it could not be measured"]
			: []),
		...(lost.length > 0 ? lost : ["  lost: nothing"]),
	];
	return lines.join("\n");
}

export function trustJson(report: TrustReport): JsonTree {
	const object = (fields: Readonly<Record<string, JsonTree>>): JsonTree => ({
		members: Object.entries(fields),
	});
	return object({
		nanoseconds: report.total,
		timed_nanoseconds: report.timed,
		cpus: report.cpus,
		probes: report.probes.map((p) =>
			object({
				probe: toByteString(p.probe),
				runs: p.runs,
				nanoseconds: p.nanoseconds,
				cpu_share: Number(shareOf(p.nanoseconds, report).toPrecision(4)),
				missed: p.missed,
				whole: p.wholly,
			}),
		),
		lost: report.losses
			.filter(({ reason }) => lossNames[reason] !== undefined)
			.map(({ reason, count, map }) =>
				object({
					reason,
					...(map === undefined ? {} : { map: toByteString(map) }),
					count,
				}),
			),
	});
}

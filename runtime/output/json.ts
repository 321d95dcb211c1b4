// Output for programs: one JSON record per line, field for field as bpftrace writes them.
import { toByteString } from "../../src/base/byte-text.ts";
import {
	type JsonObject,
	type JsonTree,
	writeJson,
} from "../../src/base/json-tree.ts";
import type { EventPlace } from "../../src/builtins/host.ts";
import { asBpftraceNames } from "./script-name.ts";
import type { MapContent, MapValue, Sink } from "./sink.ts";
import type { SinkOptions } from "./text.ts";

export function jsonSink({
	out,
	quiet,
	warnings,
}: Omit<SinkOptions, "errors">): Sink {
	const record = (...members: readonly Member[]) =>
		out.write(`${writeJson({ members })}\n`);
	const data = (type: string, value: JsonTree) =>
		record(["type", type], ["data", value]);
	const map = (name: string, content: MapContent) => {
		const type = recordType(content);
		// An empty map says nothing, but an empty map of statistics does.
		if (isEmpty(content) && type !== "stats") return;
		record(
			["type", type],
			["data", { members: [[`@${name}`, mapJson(content)]] }],
			...unitMembers(content),
		);
	};
	return {
		text: data,
		value: (_text, json) => data("value", json()),
		message(severity, text, place) {
			if (severity === "error") record(...message("errorf", text, place));
			else if (warnings) record(...message("warnf", text, place));
		},
		map,
		mapTable: map,
		mapRows(name, content) {
			const found = content();
			if (found) map(name, found);
		},
		attachedProbes(count) {
			if (!quiet) record(...counted("attached_probes", count, "probes"));
		},
		choice({ probe, passed, place: { file, line } }) {
			const others = passed.map((other) => textMembers(other));
			const place = textMembers({ filename: file });
			if (!quiet)
				data("probe_choice", {
					members: [
						["probe", toByteString(probe)],
						["passed_over", others],
						...place.members,
						["line", line],
					],
				});
		},
		lostEvents: (count) => record(...counted("lost_events", count, "events")),
		runtimeError: (text, place) =>
			record(...message("runtime_error", toByteString(text), place)),
		helperError({ text, helper, code, count }, place) {
			const [type, msg, ...where] = message(
				"helper_error",
				toByteString(text),
				place,
			);
			const what = [["helper", helper] as const, ["retcode", code] as const];
			const times = count > 1 ? [["count", count] as const] : [];
			if (type && msg) record(type, msg, ...what, ...where, ...times);
		},
		benchmarks(results) {
			for (const { name, average, runs: iters } of results)
				data("benchmark_result", named(name, { average, iters }));
		},
		tests(results) {
			for (const { name, passed, duration } of results)
				data("test_result", named(name, { duration, passed, output: "" }));
		},
		trustReport: (report) => data("trust_report", report),
		endOfEvents: () => {},
		flush: () => out.flush(),
		get choked() {
			return out.choked;
		},
		get waitedMs() {
			return out.waitedMs;
		},
		finish: () => out.finish(),
	};
}

function textMembers(texts: Readonly<Record<string, string>>): JsonObject {
	return {
		members: Object.entries(texts).map(([k, v]) => [k, toByteString(v)]),
	};
}

/** One object under a name. */
function named(
	name: string,
	fields: Readonly<Record<string, JsonTree>>,
): JsonTree {
	return {
		members: [[toByteString(name), { members: Object.entries(fields) }]],
	};
}

type Member = readonly [name: string, value: JsonTree];

function message(
	type: string,
	text: string,
	{ file, line, column }: EventPlace,
): readonly Member[] {
	return [
		["type", type],
		["msg", text],
		["filename", toByteString(asBpftraceNames(file))],
		["line", line],
		["col", column],
	];
}

/** The number stands in it twice, for readers of either place. */
function counted(type: string, count: number, name: string): readonly Member[] {
	return [
		["type", type],
		["count", count],
		["data", { members: [[name, count]] }],
	];
}

function isEmpty(content: MapContent): boolean {
	return content.kind === "keyed" && content.entries.length === 0;
}

/** Where the script says what a map's numbers count: the unit, and of histograms what they come to. */
function unitMembers(content: MapContent): readonly Member[] {
	if (content.unit === undefined) return [];
	const unit: Member = ["unit", toByteString(content.unit)];
	if (content.kind === "scalar") {
		const summary = summaryJson(content.value);
		return summary ? [unit, ["summary", summary]] : [unit];
	}
	const members = [...content.entries].flatMap(({ jsonKey, value }) => {
		const summary = summaryJson(value);
		return summary ? [[jsonKey(), summary] as const] : [];
	});
	return members.length > 0 ? [unit, ["summary", { members }]] : [unit];
}

function summaryJson(value: MapValue): JsonTree | undefined {
	const summary = value.summary?.();
	if (!summary) return undefined;
	const { count, sum, mean, percentiles } = summary;
	return {
		members: [
			["count", count],
			["sum", sum],
			["mean", mean],
			["estimates", { members: percentiles }],
		],
	};
}

function recordType(content: MapContent): string {
	if (content.kind === "scalar") return content.value.jsonType;
	for (const { value } of content.entries) return value.jsonType;
	return content.jsonType;
}

function mapJson(content: MapContent): JsonTree {
	if (content.kind === "scalar") return content.value.json();
	return {
		members: Array.from(
			content.entries,
			({ jsonKey, value }) => [jsonKey(), value.json()] as const,
		),
	};
}

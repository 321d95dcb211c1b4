// The sink of a run that is recorded. Everything is also rendered in the format that was not asked for, and thrown away:
// so the recording holds the answers that either format needs.
import type { Sink } from "../output/sink.ts";
import type { Recorder } from "./recorder.ts";

export function recordedSink(
	shown: Sink,
	hidden: Sink,
	recorder: Recorder,
): Sink {
	return {
		text(type, text) {
			shown.text(type, text);
			hidden.text(type, text);
		},
		value(text, json) {
			shown.value(text, json);
			hidden.value(text, json);
		},
		message(severity, text, place) {
			shown.message(severity, text, place);
			hidden.message(severity, text, place);
		},
		map(name, content) {
			shown.map(name, content);
			hidden.map(name, content);
		},
		mapTable(name, content, heading) {
			shown.mapTable(name, content, heading);
			hidden.mapTable(name, content, heading);
		},
		mapRows(name, content, rows) {
			shown.mapRows(name, content, rows);
			hidden.mapRows(name, content, rows);
		},
		// What follows concerns the run itself, and asks nobody.
		attachedProbes(count) {
			recorder.attached(count);
			shown.attachedProbes(count);
		},
		lostEvents(count) {
			recorder.lost(count);
			shown.lostEvents(count);
		},
		endOfEvents() {
			recorder.mark("drained");
			shown.endOfEvents();
		},
		flush() {
			recorder.endOfDrain();
			shown.flush();
		},
		get choked() {
			return shown.choked;
		},
		get waitedMs() {
			return shown.waitedMs;
		},
		choice: (...told) => shown.choice(...told),
		runtimeError: (text, place) => shown.runtimeError(text, place),
		helperError: (error, place) => shown.helperError(error, place),
		trustReport: (report) => shown.trustReport(report),
		benchmarks: (results) => shown.benchmarks(results),
		tests: (results) => shown.tests(results),
		finish: () => shown.finish(),
	};
}

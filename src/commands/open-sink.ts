// Where a run's output goes: stdout or the file of `-o`, as text or as records.
import { closeSync, openSync } from "node:fs";
import { jsonSink } from "../../runtime/output/json.ts";
import type { Sink } from "../../runtime/output/sink.ts";
import { textSink } from "../../runtime/output/text.ts";
import {
	openUnwaiting,
	openWriter,
	type Writer,
} from "../../runtime/output/writer.ts";
import type { Lifetime } from "../../runtime/session/lifetime.ts";
import { Diagnostics } from "../base/diagnostics.ts";
import type { Options } from "./options.ts";
import { reportAll } from "./report.ts";

/** Whether the file of `-o` can be had, asked before anything is attached; reports why not. */
export function checkOutput(options: Options, diagnostics: Diagnostics): void {
	if (options.output === undefined) return;
	try {
		closeSync(openSync(options.output, "a"));
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		diagnostics.report("E0808", { why });
	}
}

/** Takes everything, keeps nothing. */
export const nowhere: Writer = {
	write() {},
	flush() {},
	finish() {},
	choked: false,
	waitedMs: 0,
};

/** A sink of the other format, that nobody sees. */
export function otherSink(options: Options): Sink {
	const common = { out: nowhere, errors: nowhere, quiet: true, warnings: true };
	return options.format === "json" ? textSink(common) : jsonSink(common);
}

/** The run ends when its output can't be written any more. */
export function openSink(options: Options, lifetime: Lifetime): Sink {
	const fd = openUnwaiting(
		options.output === undefined ? 1 : openSync(options.output, "w"),
	);
	const onClosed = () => void lifetime.end({ kind: "broken-pipe" });
	const onFailed = (error: Error) => {
		const diagnostics = new Diagnostics();
		diagnostics.report("E0808", { why: error.message });
		reportAll(diagnostics, options);
		lifetime.end({ kind: "failure" });
	};
	const mode = options.buffer ?? "line";
	const out = openWriter({ fd, mode, onClosed, onFailed });
	const errors = openWriter({
		fd: 2,
		mode: "none",
		onClosed: () => {},
		onFailed: () => {},
	});
	const common = {
		out,
		errors,
		quiet: options.quiet,
		verbose: options.verbose,
		warnings: options.warnings,
	};
	return options.format === "json" ? jsonSink(common) : textSink(common);
}

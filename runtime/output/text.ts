// Output for people, as bpftrace prints it.
import { toByteString } from "../../src/base/byte-text.ts";
import { summaryText } from "../../src/builtins/render/summary.ts";
import { asBpftraceNames } from "./script-name.ts";
import { benchmarkTable, testReport } from "./self-run.ts";
import type { MapContent, MapValue, Sink, TableHeading } from "./sink.ts";
import type { Writer } from "./writer.ts";

export interface SinkOptions {
	readonly out: Writer;
	/** Diagnostics, on stderr. */
	readonly errors: Writer;
	/** `-q`: nothing about the run itself. */
	readonly quiet: boolean;
	/** `-v` */
	readonly verbose?: boolean;
	/** `--no-warnings` */
	readonly warnings: boolean;
}

export function textSink(options: SinkOptions): Sink {
	const { out } = options;
	const note = (line: string) => noteOn(options, line);
	return {
		text: (type, text) =>
			out.write(type === "join" || type === "syscall" ? `${text}\n` : text),
		value: (text) => out.write(`${text()}\n`),
		message(severity, text, { file, line, column, range, expanded }) {
			if (severity === "warning" && !options.warnings) return;
			const body = text.endsWith("\n") ? text.slice(0, -1) : text;
			const kind = severity.toUpperCase();
			const at = (place: string) => toByteString(asBpftraceNames(place));
			// Of what a builtin could not do, the place is a note; of a script's own messages it is part of the format.
			if (range === undefined)
				note(`${kind}: ${body}\n --> ${toByteString(file)}:${line}:${column}`);
			else note(`${at(`${file}:${range}`)}: ${kind}: ${body}`);
			for (const call of expanded ?? []) {
				const [place = "", ...lines] = call.split("\n");
				note(`${at(place)}: ${kind}: expanded from`);
				for (const line of lines) note(toByteString(line));
			}
		},
		map(name, content) {
			for (const text of mapTexts(name, content)) out.write(text);
		},
		mapTable: (name, content, heading) =>
			out.write(tableText(name, content, heading)),
		mapRows: (_name, _content, rows) => out.write(rows()),
		attachedProbes(count) {
			if (!options.quiet)
				note(`Attached ${count} ${count === 1 ? "probe" : "probes"}`);
		},
		choice({ probe, passed, place: { file, line } }) {
			if (!options.verbose) return;
			note(toByteString(`${file}:${line}: took ${probe}`));
			for (const other of passed)
				note(toByteString(`    passed over ${other.probe}: ${other.why}`));
		},
		lostEvents: (count) => note(`Lost ${count} events`),
		runtimeError: () => {},
		helperError: () => {},
		trustReport: () => {},
		benchmarks: (results) => out.write(toByteString(benchmarkTable(results))),
		tests: (results) => out.write(toByteString(testReport(results))),
		endOfEvents: () => out.write("\n\n"),
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

/** A line on stderr, after all whole lines that were printed before it. */
function noteOn({ out, errors }: SinkOptions, line: string): void {
	out.flush();
	errors.write(`${line}\n`);
}

/** Piece by piece: all of a large map at once would not fit into one string. */
function* mapTexts(name: string, content: MapContent): Iterable<string> {
	const { unit } = content;
	if (content.kind === "scalar") {
		yield valueText(`@${name}`, content.value, unit);
		return;
	}
	for (const { key, value } of content.entries)
		yield valueText(`@${name}[${key()}]`, value, unit);
}

function valueText(
	name: string,
	value: MapValue,
	unit: string | undefined,
): string {
	const title = unit === undefined ? name : `${name} (${unit})`;
	return value.multiline
		? `${title}:\n${value.text()}${summaryLine(value, unit)}\n`
		: `${title}: ${value.text()}\n`;
}

/** Mean and percentiles of a histogram, where it is known what its map counts. */
function summaryLine(value: MapValue, unit: string | undefined): string {
	const summary = unit === undefined ? undefined : value.summary?.();
	return summary ? summaryText(summary, unit ?? "") : "";
}

function tableText(
	name: string,
	content: MapContent,
	{ unit, label }: TableHeading,
): string {
	const draw = (value: MapValue) =>
		`${value.table?.(unit) ?? ""}${summaryLine(value, content.unit)}`;
	if (content.kind === "scalar") return draw(content.value);
	return Array.from(content.entries, ({ key, value }) => {
		const table = draw(value);
		if (label === "") return table;
		return label === undefined
			? `@${name}[${key()}]:\n${table}\n`
			: `${label} = ${key()}\n${table}\n`;
	}).join("");
}

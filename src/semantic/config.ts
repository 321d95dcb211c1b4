// Configuration: the config block, then environment variables, which win.

import type { Config, ConfigEntry, Script } from "../../grammar/ast.ts";
import { fromByteString, toByteString } from "../base/byte-text.ts";
import type { Diagnostics } from "../base/diagnostics.ts";
import type { Span } from "../base/source.ts";
import { nearestName } from "../base/suggest.ts";
import type { Settings } from "../plan.ts";
import {
	type ConfigRow,
	configTable,
	renamed,
	withoutEffect,
} from "./config-table.ts";
import type { CompileEnvironment } from "./environment.ts";

/** Values by name, all of them checked. */
export type Configuration = ReadonlyMap<string, string>;

export function readConfiguration(
	script: Script,
	environment: CompileEnvironment,
	diagnostics: Diagnostics,
): Configuration {
	const values = new Map(configTable.map((row) => [row.name, row.initial]));
	for (const item of script.items)
		if (item.kind === "config") readBlock(item, values, diagnostics);
	for (const row of configTable) {
		const upper = row.name.toUpperCase();
		const name = [`KASK_${upper}`, `BPFTRACE_${upper}`].find(
			(variable) => environment.variables[variable] !== undefined,
		);
		if (name === undefined) continue;
		const given = environment.variables[name] ?? "";
		const value = accept(row, given);
		if (value === undefined) {
			const args = { name, value: given, wanted: wanted(row) };
			diagnostics.report("E0803", args);
		} else values.set(row.name, value);
	}
	return values;
}

function readBlock(
	block: Config,
	values: Map<string, string>,
	diagnostics: Diagnostics,
): void {
	for (const entry of block.entries) {
		const { text, span } = entry.name;
		const name = text.toLowerCase().replace(/^(bpftrace|kask)_/, "");
		if (withoutEffect.has(name)) {
			diagnostics.report("W0209", { name }, { span });
			continue;
		}
		const { now, not = false } = renamed.get(name) ?? { now: name };
		if (now !== name) diagnostics.report("W0208", { name, now }, { span });
		const row = configTable.find((r) => r.name === now);
		if (!row) {
			reportUnknown(diagnostics, entry, name);
			continue;
		}
		const value = accept(row, entryText(entry));
		if (value === undefined)
			reportValue(diagnostics, row, entryText(entry), entry.value.span);
		else values.set(now, not ? String(value === "false") : value);
	}
}

function reportUnknown(
	diagnostics: Diagnostics,
	{ name: { text, span } }: ConfigEntry,
	name: string,
): void {
	const near = nearestName(
		name,
		configTable.map((r) => r.name),
	);
	const help = near
		? `did you mean ${near}?`
		: "the ones most used: max_map_keys, max_strlen, missing_probes, print_maps_on_exit, stack_mode";
	diagnostics.report("E0239", { name: text }, { span, help });
}

function reportValue(
	diagnostics: Diagnostics,
	row: ConfigRow,
	value: string,
	span: Span,
): void {
	diagnostics.report(
		"E0240",
		{ name: row.name, value, wanted: wanted(row) },
		{ span },
	);
}

function entryText(entry: ConfigEntry): string {
	switch (entry.value.kind) {
		case "integer":
		case "boolean":
			return String(entry.value.value);
		case "string":
			return fromByteString(entry.value.value);
		case "name":
			return entry.value.text;
	}
}

function wanted(row: ConfigRow): string {
	if (row.kind === "bool") return "true or false";
	if (row.kind === "uint")
		return row.least ? `a number of at least ${row.least}` : "a number";
	return row.kind === "string" ? "a string" : `one of ${row.kind.join(", ")}`;
}

function accept(row: ConfigRow, text: string): string | undefined {
	if (row.kind === "string") return text;
	if (row.kind === "bool") {
		if (["true", "1", "yes", "on"].includes(text.toLowerCase())) return "true";
		const isFalse = ["false", "0", "no", "off"].includes(text.toLowerCase());
		return isFalse ? "false" : undefined;
	}
	if (row.kind === "uint")
		return /^\d+$/.test(text) && Number(text) >= (row.least ?? 0)
			? text
			: undefined;
	const word = row.words?.[text.toLowerCase()];
	if (word !== undefined) return word;
	return row.kind.find((choice) => choice.toLowerCase() === text.toLowerCase());
}

/** As a script sees them. */
export function configurationValues(
	values: Configuration,
): ReadonlyMap<string, bigint | string | boolean> {
	const typed = new Map<string, bigint | string | boolean>();
	for (const { name, kind, initial } of configTable) {
		const text = values.get(name) ?? initial;
		if (kind === "uint") typed.set(name, BigInt(text));
		else
			typed.set(name, kind === "bool" ? text === "true" : toByteString(text));
	}
	return typed;
}

const pageSize = 4096;

/** What the run time needs of it. */
export function toSettings(
	values: Configuration,
	memoryBytes: number,
): Settings {
	const get = (name: string) => values.get(name) ?? "";
	return {
		license: get("license"),
		printMapsOnExit: get("print_maps_on_exit") === "true",
		missingProbes: get("missing_probes") as Settings["missingProbes"],
		strTruncTrailer: get("str_trunc_trailer"),
		maxCatBytes: Number(get("max_cat_bytes")),
		ringBytes: ringBytes(Number(get("perf_rb_pages")), memoryBytes),
		stackMode: get("stack_mode") as Settings["stackMode"],
		lazySymbolication: get("lazy_symbolication") === "true",
		cppDemangle: get("cpp_demangle") === "true",
		showDebugInfo: get("show_debug_info") === "true",
		logSize: Number(get("log_size")),
	};
}

/** A power of two: as asked for, else by memory, from 256 KiB to 16 MiB, enough for a burst of 100,000 lines. */
function ringBytes(pages: number, memoryBytes: number): number {
	const wantedBytes =
		pages > 0
			? pages * pageSize
			: Math.min(16 << 20, Math.max(256 << 10, memoryBytes / 256));
	return 2 ** Math.ceil(Math.log2(wantedBytes));
}

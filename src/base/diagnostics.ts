// Diagnostics are collected, never thrown: one bag goes through all stages, so that several mistakes are told at once.
import { type MessageCode, messages } from "./messages.ts";
import { formatPlace, type Span } from "./source.ts";

export type Severity = "error" | "warning";

/** A second place or remark that helps to understand a diagnostic. */
export interface Note {
	readonly text: string;
	readonly span?: Span | undefined;
}

export interface Diagnostic {
	readonly code: MessageCode;
	readonly severity: Severity;
	readonly text: string;
	readonly span?: Span | undefined;
	readonly notes: readonly Note[];
	readonly help?: string | undefined;
}

/** What a report may add to the table's wording. `help` replaces the table's own help line. */
export interface ReportOptions {
	readonly span?: Span | undefined;
	readonly notes?: readonly Note[];
	readonly help?: string | undefined;
}

/** Values filled into `{name}` slots of a message. */
export type MessageArgs = Readonly<Record<string, string | number>>;

/** Collects what all stages have to say. Duplicates (same code, place and text) are kept once. */
export class Diagnostics {
	readonly all: Diagnostic[] = [];
	#seen = new Set<string>();

	report(
		code: MessageCode,
		args: MessageArgs = {},
		options: ReportOptions = {},
	): void {
		this.add(makeDiagnostic(code, args, options));
	}

	add(diagnostic: Diagnostic): void {
		const place = diagnostic.span
			? `${diagnostic.span.source.name}@${diagnostic.span.start}`
			: "";
		const key = `${diagnostic.code} ${place} ${diagnostic.text}`;
		if (this.#seen.has(key)) return;
		this.#seen.add(key);
		this.all.push(diagnostic);
	}

	get hasErrors(): boolean {
		return this.all.some((d) => d.severity === "error");
	}
}

/** Builds one diagnostic from the message table. Codes that begin with W are warnings. */
export function makeDiagnostic(
	code: MessageCode,
	args: MessageArgs = {},
	options: ReportOptions = {},
): Diagnostic {
	const entry: { readonly text: string; readonly help?: string } =
		messages[code];
	const help = options.help ?? entry.help;
	return {
		code,
		severity: code.startsWith("W") ? "warning" : "error",
		text: fill(entry.text, args),
		span: options.span,
		notes: options.notes ?? [],
		help: help === undefined ? undefined : fill(help, args),
	};
}

function fill(template: string, args: MessageArgs): string {
	return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
		const value = args[name];
		return value === undefined ? whole : String(value);
	});
}

/** Terminal colours of a report; identity functions when `NO_COLOR` is set or stderr is no terminal. */
export interface Palette {
	readonly error: (s: string) => string;
	readonly warning: (s: string) => string;
	readonly bold: (s: string) => string;
	readonly dim: (s: string) => string;
}

export const plainPalette: Palette = {
	error: (s) => s,
	warning: (s) => s,
	bold: (s) => s,
	dim: (s) => s,
};

export const colorPalette: Palette = {
	error: (s) => `\x1b[1;31m${s}\x1b[0m`,
	warning: (s) => `\x1b[1;33m${s}\x1b[0m`,
	bold: (s) => `\x1b[1m${s}\x1b[0m`,
	dim: (s) => `\x1b[2m${s}\x1b[0m`,
};

/** One diagnostic as the text a user reads, without a trailing line end. */
export function formatDiagnostic(
	d: Diagnostic,
	palette: Palette = plainPalette,
): string {
	const paint = d.severity === "error" ? palette.error : palette.warning;
	const lines = [
		`${paint(`${d.severity}[${d.code}]`)}${palette.bold(`: ${d.text}`)}`,
	];
	if (d.span) lines.push(...formatExcerpt(d.span, palette));
	for (const note of d.notes) {
		lines.push(
			`${palette.bold("note")}: ${note.text}${note.span ? ` at ${formatPlace(note.span)}` : ""}`,
		);
	}
	if (d.help) lines.push(`${palette.bold("help")}: ${d.help}`);
	return lines.join("\n");
}

function formatExcerpt(span: Span, palette: Palette): string[] {
	const from = span.source.position(span.start);
	const to = span.source.position(span.end);
	const gutter = String(from.line);
	const pad = " ".repeat(gutter.length);
	const line = span.source.line(from.line);
	const lastColumn = to.line === from.line ? to.column : line.length + 1;
	const { text, cut } = cutLine(line, from.column - 1);
	const most = text.length - (from.column - 1 - cut);
	const width = Math.max(1, Math.min(lastColumn - from.column, most));
	// Tabs are kept in the padding so that the carets stand under the right letters.
	const indent = text.slice(0, from.column - 1 - cut).replace(/[^\t]/g, " ");
	return [
		palette.dim(`${pad}--> ${formatPlace(span)}`),
		`${palette.dim(`${gutter} |`)} ${visible(text)}`,
		`${palette.dim(`${pad} |`)} ${indent}${palette.error("^".repeat(width))}`,
	];
}

/** With a sign in place of each control character but the tab: a script must not steer the terminal. */
function visible(text: string): string {
	return text.replace(/\p{Cc}/gu, (c) => (c === "\t" ? c : "\u00b7"));
}

/** Longer lines are cut, lest the terminal break them and the carets point nowhere. */
const longestLine = 160;
const keptBefore = 60;

/** The part of a line that holds the place at `start`, and by how much its beginning moved. */
function cutLine(line: string, start: number): { text: string; cut: number } {
	if (line.length <= longestLine) return { text: line, cut: 0 };
	const begin = Math.max(
		0,
		Math.min(start - keptBefore, line.length - longestLine),
	);
	const end = begin + longestLine;
	const text = `${begin > 0 ? "…" : ""}${line.slice(begin, end)}${end < line.length ? "…" : ""}`;
	return { text, cut: begin > 0 ? begin - 1 : 0 };
}

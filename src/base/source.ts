// Source texts and places in them. Every node, diagnostic and #line directive speaks in spans.

/** A half-open range of UTF-16 offsets into one source. */
export interface Span {
	readonly source: Source;
	readonly start: number;
	readonly end: number;
}

/** A 1-based place. Columns count UTF-16 units, as editors do. */
export interface Position {
	readonly line: number;
	readonly column: number;
}

/** One script text: a file, a one-liner (`-e`) or standard input. */
export class Source {
	readonly name: string;
	readonly text: string;
	#lineStarts: number[] | undefined;

	constructor(name: string, text: string) {
		this.name = name;
		this.text = text;
	}

	/** Offsets at which lines begin; built on first use, since most runs report nothing. */
	get lineStarts(): readonly number[] {
		if (this.#lineStarts === undefined) {
			const starts = [0];
			for (
				let i = this.text.indexOf("\n");
				i >= 0;
				i = this.text.indexOf("\n", i + 1)
			)
				starts.push(i + 1);
			this.#lineStarts = starts;
		}
		return this.#lineStarts;
	}

	position(offset: number): Position {
		const starts = this.lineStarts;
		let low = 0;
		let high = starts.length - 1;
		while (low < high) {
			const mid = (low + high + 1) >> 1;
			if ((starts[mid] ?? 0) <= offset) low = mid;
			else high = mid - 1;
		}
		return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
	}

	/** The text of a 1-based line, without its line end. */
	line(line: number): string {
		const start = this.lineStarts[line - 1];
		if (start === undefined) return "";
		const end = this.text.indexOf("\n", start);
		return this.text.slice(start, end < 0 ? undefined : end).replace(/\r$/, "");
	}
}

/** The smallest span that holds both. Both must lie in the same source. */
export function joinSpans(a: Span, b: Span): Span {
	return {
		source: a.source,
		start: Math.min(a.start, b.start),
		end: Math.max(a.end, b.end),
	};
}

/** `name:line:column`, the form editors and terminals make clickable. */
export function formatPlace(span: Span): string {
	const { line, column } = span.source.position(span.start);
	return `${span.source.name}:${line}:${column}`;
}

/** The script text a span covers. */
export function spanText(span: Span): string {
	return span.source.text.slice(span.start, span.end);
}

// Places of a script's C, across the scripts it imports. clang knows lines of one file alone, so that each script gets
// a range of line numbers of its own.
import type { Source, Span } from "../base/source.ts";

/** More lines than a script has; #line takes numbers up to 2^31. */
const MOST_LINES = 1_000_000;

export class CPlaces {
	readonly #sources: Source[] = [];

	/** Where clang is to think a piece of C begins. */
	of(span: Span): { readonly line: number; readonly column: number } {
		let number = this.#sources.indexOf(span.source);
		if (number < 0) number = this.#sources.push(span.source) - 1;
		const { line, column } = span.source.position(span.start);
		return { line: number * MOST_LINES + line, column };
	}

	/** A text on a line. */
	findText(line: number, text: string): Span | undefined {
		const first = this.find(line, 1);
		const start = first?.source.text.indexOf(text, first.start) ?? -1;
		return first && start >= 0
			? { source: first.source, start, end: start + text.length }
			: undefined;
	}

	/** The word at a place that clang named; undefined for what stands in none of the scripts. */
	find(line: number, column: number): Span | undefined {
		const source = this.#sources[Math.floor(line / MOST_LINES)];
		const start = source?.lineStarts[(line % MOST_LINES) - 1];
		if (source === undefined || start === undefined) return undefined;
		const at = start + Math.max(0, column - 1);
		const word = /^\w+/.exec(source.text.slice(at));
		return { source, start: at, end: at + (word?.[0].length ?? 1) };
	}
}

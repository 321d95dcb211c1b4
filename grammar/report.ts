// Where the lexer and the parser put their complaints: collected per script, handed on in the order of the text.
import {
	type Diagnostic,
	type Diagnostics,
	type MessageArgs,
	makeDiagnostic,
	type Note,
} from "../src/base/diagnostics.ts";
import type { MessageCode } from "../src/base/messages.ts";
import type { Source, Span } from "../src/base/source.ts";

export interface ReportDetails {
	readonly help?: string | undefined;
	readonly notes?: readonly Note[];
}

/** More complaints than this help nobody. */
const MOST = 100;

/** The complaints about one script. Offsets are half-open. */
export class SyntaxReport {
	readonly source: Source;
	readonly #at: Span | undefined;
	#full = false;
	#found: { readonly start: number; readonly diagnostic: Diagnostic }[] = [];

	/** With `at`, everything is placed there: `source` is then a text that stands for what is written at `at`. */
	constructor(source: Source, at?: Span) {
		this.source = source;
		this.#at = at;
	}

	/** Hears no more: what follows would only be consequences. */
	stop(): void {
		this.#full = true;
	}

	get isEmpty(): boolean {
		return this.#found.length === 0;
	}

	span(start: number, end: number): Span {
		return this.#at ?? { source: this.source, start, end };
	}

	add(
		code: MessageCode,
		args: MessageArgs,
		start: number,
		end: number,
		details: ReportDetails = {},
	): void {
		if (this.#full) return;
		if (this.#found.length >= MOST) this.stop();
		const span = this.span(start, end);
		const diagnostic = makeDiagnostic(code, args, { span, ...details });
		this.#found.push({ start, diagnostic });
	}

	/** Moves everything into `diagnostics`, first place first. */
	flush(diagnostics: Diagnostics): void {
		this.#found.sort((a, b) => a.start - b.start);
		for (const { start, diagnostic } of this.#found) {
			const follows =
				["E0102", "E0106"].includes(diagnostic.code) &&
				this.#followsOpenString(start);
			if (!follows) diagnostics.add(diagnostic);
		}
		this.#found = [];
	}

	/** What is missing after an open string on its line is most likely within the string. */
	#followsOpenString(offset: number): boolean {
		const { text } = this.source;
		return this.#found.some(
			({ start, diagnostic }) =>
				diagnostic.code === "E0103" &&
				start < offset &&
				!text.slice(start, offset).includes("\n"),
		);
	}
}

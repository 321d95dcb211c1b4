// What all parts of the parser share: spans, complaints in human words, and going on after a mistake.
// Recovery is our own and not Chevrotain's: knowing braces and line ends, it tells more mistakes with fewer false ones,
// and start-up is spared the computation of follow sets.
import {
	EmbeddedActionsParser,
	EOF,
	type IParserErrorMessageProvider,
	type IToken,
	isRecognitionException,
	type TokenType,
	tokenLabel,
} from "chevrotain";
import type { MessageArgs } from "../src/base/diagnostics.ts";
import type { MessageCode } from "../src/base/messages.ts";
import { Source, type Span } from "../src/base/source.ts";
import { firstSetLookahead } from "./lookahead.ts";
import { type ReportDetails, SyntaxReport } from "./report.ts";
import * as t from "./tokens.ts";

/** Makes a message out of nothing but what was expected; found and place are added when it is reported. */
const expectedOnly: IParserErrorMessageProvider = {
	buildMismatchTokenMessage: ({ expected }) => tokenLabel(expected),
	buildNoViableAltMessage: ({ customUserDescription }) =>
		customUserDescription ?? "something else",
	buildEarlyExitMessage: ({ customUserDescription }) =>
		customUserDescription ?? "something else",
	buildNotAllInputParsedMessage: () => "the end",
};

/** Thrown to leave a rule after its complaint was reported; `recovering` catches it. */
class SyntaxFailure extends Error {}

/** Deeper trees than this are refused, before the stack of JavaScript ends here or in a later stage. */
const DEEPEST = 200;
/** Longer rows of operands are refused: they become trees as deep as the row is long, though without deep recursion here. */
const LONGEST = 1000;

/** As other languages write them. */
const wordedOperators: Readonly<Record<string, string | undefined>> = {
	and: "&&",
	or: "||",
	not: "!",
};

export abstract class ParserBase extends EmbeddedActionsParser {
	/** Of the script being parsed; empty while Chevrotain records the grammar. */
	protected report = new SyntaxReport(new Source("", ""));
	/** Blocks and operands that enclose the current place. */
	#depth = 0;

	/** `validate` checks the grammar itself, which only tests need. */
	constructor(validate: boolean) {
		super(t.vocabulary, {
			maxLookahead: 1,
			lookaheadStrategy: firstSetLookahead(),
			skipValidations: !validate,
			errorMessageProvider: expectedOnly,
		});
	}

	/** Takes the tokens of a script; call it before a rule. */
	start(tokens: IToken[], report: SyntaxReport): void {
		this.report = report;
		this.#depth = 0;
		this.input = tokens;
	}

	protected at(type: TokenType, ahead = 1): boolean {
		const found = this.LA(ahead).tokenType;
		return found === type || (found.CATEGORIES ?? []).includes(type);
	}

	protected atEnd(): boolean {
		return this.LA(1).tokenType === EOF;
	}

	/** The offset of the next token. */
	protected here(): number {
		return this.atEnd()
			? this.report.source.text.length
			: this.LA(1).startOffset;
	}

	/** The offset after the last token. */
	protected last(): number {
		const end = this.LA(0).endOffset;
		return end === undefined || Number.isNaN(end) ? 0 : end + 1;
	}

	protected spanFrom(start: number): Span {
		return this.report.span(start, Math.max(start, this.last()));
	}

	protected tokenSpan(token: IToken): Span {
		const end = (token.endOffset ?? token.startOffset) + 1;
		return this.report.span(token.startOffset, end);
	}

	/** True where the next token stands on a later line than the last one. */
	protected onNewLine(): boolean {
		return this.report.source.text
			.slice(this.last(), this.here())
			.includes("\n");
	}

	/** Reports and leaves the current rule. */
	protected fail(
		code: MessageCode,
		args: MessageArgs,
		span: Span,
		details?: ReportDetails,
	): never {
		this.report.add(code, args, span.start, span.end, details);
		throw new SyntaxFailure();
	}

	/** Reports that something else was expected here, and goes on. */
	protected tellExpected(expected: string, details?: ReportDetails): void {
		const found = this.describe(this.LA(1));
		// What is missing at the end of a line is missing there, and not at the start of the next one.
		const place =
			this.atEnd() || this.onNewLine()
				? this.report.span(this.last(), this.last())
				: this.tokenSpan(this.LA(1));
		const args = { expected, found };
		const symbol = wordedOperators[this.LA(1).image];
		const word = symbol === undefined ? undefined : { help: `write ${symbol}` };
		this.report.add("E0102", args, place.start, place.end, details ?? word);
	}

	protected failExpected(expected: string, details?: ReportDetails): never {
		this.tellExpected(expected, details);
		throw new SyntaxFailure();
	}

	protected describe(token: IToken): string {
		if (token.tokenType === EOF) return "the end of the script";
		const text = token.image.replace(/\s+/g, " ");
		return `\`${text.length > 40 ? `${text.slice(0, 39)}…` : text}\``;
	}

	/** Leaves the current rule without a word: its mistake has been reported. */
	protected giveUp(): never {
		throw new SyntaxFailure();
	}

	/**
	 * Runs a rule; after a mistake in it, reports that, resumes by `resync` and gives undefined. In a repetition the
	 * parser must have moved by then; elsewhere it may stay.
	 */
	protected recovering<T>(
		rule: () => T,
		resync: () => void,
		move: "must move" | "may stay" = "must move",
	): T | undefined {
		if (this.RECORDING_PHASE) return rule();
		const before = this.LA(1);
		const depth = this.#depth;
		try {
			return rule();
		} catch (error) {
			if (error instanceof Error && isRecognitionException(error)) {
				this.tellExpected(error.message);
			} else if (!(error instanceof SyntaxFailure)) {
				throw error;
			}
			this.#depth = depth;
			resync();
			const stuck = this.LA(1) === before && !this.atEnd();
			if (stuck && move === "must move") this.SKIP_TOKEN();
			return undefined;
		}
	}

	/** Guards a rule that can hold itself. */
	protected nested<T>(rule: () => T): T {
		if (this.RECORDING_PHASE) return rule();
		this.limit(this.#depth);
		this.#depth++;
		const result = rule();
		this.#depth--;
		return result;
	}

	private limit(size: number, most = DEEPEST): void {
		if (size < most) return;
		this.report.add("E0119", {}, this.here(), this.here() + 1);
		this.report.stop();
		this.skipAll();
		this.giveUp();
	}

	/** Guards a row of operands or of what follows one. */
	protected limitRow(length: number): void {
		this.ACTION(() => this.limit(length, LONGEST));
	}

	protected skipAll(): void {
		while (!this.atEnd()) this.SKIP_TOKEN();
	}

	/** Skips to the end of the statement: past its `;`, or up to the `}` of the block around it. */
	protected skipStatement(): void {
		let braces = 0;
		for (; !this.atEnd() && !this.at(t.ItemStart); this.SKIP_TOKEN()) {
			if (this.at(t.LeftBrace)) braces++;
			if (this.at(t.RightBrace)) {
				if (braces === 0) return;
				if (--braces === 0) break;
			}
			if (braces === 0 && this.at(t.Semicolon)) break;
			if (braces === 0 && this.startsStatementLine()) return;
		}
		if (!this.atEnd() && !this.at(t.ItemStart)) this.SKIP_TOKEN();
	}

	/** Skips up to a token of `type` that belongs to the same statement. */
	protected skipUntil(type: TokenType): void {
		while (!this.atEnd() && !this.at(type) && !this.at(t.ItemStart)) {
			if (this.at(t.RightBrace) || this.startsStatementLine()) return;
			this.SKIP_TOKEN();
		}
	}

	/** A keyword that begins a line begins a statement, whatever came before. */
	private startsStatementLine(): boolean {
		const words = [t.Let, t.If, t.While, t.For, t.Unroll, t.Return];
		return words.some((word) => this.at(word)) && this.onNewLine();
	}

	/** Skips to the end of an item of the script: past its braces, or up to where another one begins. */
	protected skipItem(): void {
		while (!this.atEnd() && !this.at(t.LeftBrace)) {
			if (this.at(t.ItemStart) && this.onNewLine()) return;
			const semicolon = this.at(t.Semicolon);
			this.SKIP_TOKEN();
			if (semicolon) return;
		}
		let braces = 0;
		while (!this.atEnd()) {
			if (this.at(t.ItemStart)) return;
			if (this.at(t.LeftBrace)) braces++;
			const closes = this.at(t.RightBrace) && --braces <= 0;
			this.SKIP_TOKEN();
			if (closes) return;
		}
	}

	/** Consumes a closing mark. Where it was forgotten before what must follow it, says so and goes on. */
	protected close(
		mark: TokenType,
		consume: () => void,
		before: TokenType,
	): void {
		if (this.RECORDING_PHASE || this.at(mark) || !this.at(before)) consume();
		else this.tellExpected(tokenLabel(mark));
	}
}

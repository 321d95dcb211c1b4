// Blocks, and the statements that hold blocks.
import type { IToken } from "chevrotain";
import type { Block, Expression, Statement } from "./ast.ts";
import { asStatement, hasValue, withoutValue } from "./blocks.ts";
import { ControlParser } from "./control-parser.ts";
import type { Entry } from "./simple-statement-parser.ts";
import * as t from "./tokens.ts";

export abstract class StatementParser extends ControlParser {
	/** Set where an unclosed `{` was told, so that the blocks around it keep quiet. */
	protected unclosedTold = false;

	readonly block = this.RULE("block", (): Block => {
		const start = this.here();
		const open = this.CONSUME(t.LeftBrace);
		const entries: Entry[] = [];
		this.nested(() => {
			do {
				this.MANY(() => entries.push(this.SUBRULE(this.statement)));
			} while (this.skipForeign("a statement"));
		});
		this.closeBlock(open, () => this.CONSUME(t.RightBrace));
		return this.ACTION(() => this.buildBlock(entries, start));
	});

	/** A block whose last expression is a statement like the others: the body of a probe or a loop. */
	readonly body = this.RULE("body", (): Block => {
		const block = this.SUBRULE(this.block);
		return this.ACTION(() => withoutValue(block));
	});

	private buildBlock(entries: readonly Entry[], start: number): Block {
		const statements: Statement[] = [];
		const last = entries.at(-1);
		let value: Expression | undefined;
		for (const entry of entries) {
			if (entry === undefined) continue;
			if (!("open" in entry)) statements.push(entry);
			else if (entry === last && hasValue(entry.open)) value = entry.open;
			else statements.push(asStatement(entry.open));
		}
		return { statements, value, span: this.spanFrom(start) };
	}

	/** In a block, skips what can't begin anything there; false at the end of the block. */
	protected skipForeign(expected: string): boolean {
		if (this.RECORDING_PHASE || this.atEnd()) return false;
		if (this.at(t.RightBrace) || this.at(t.ItemStart)) return false;
		this.tellExpected(expected);
		this.SKIP_TOKEN();
		this.skipStatement();
		return true;
	}

	/** Consumes the `}` of a block, or tells that it is missing; once for all blocks around the place. */
	protected closeBlock(open: IToken, consume: () => void): void {
		if (this.RECORDING_PHASE || this.at(t.RightBrace)) consume();
		else this.tellUnclosed(open);
	}

	private tellUnclosed(open: IToken): void {
		if (this.unclosedTold) return;
		this.unclosedTold = true;
		const { start, end } = this.tokenSpan(open);
		this.report.add("E0109", { open: "{", close: "}" }, start, end);
	}

	readonly statement = this.RULE(
		"statement",
		(): Entry =>
			this.recovering(
				() => this.anyStatement(),
				() => this.skipStatement(),
			),
	);

	private anyStatement(): Entry {
		return this.OR<Entry>([
			{
				ALT: () => {
					this.CONSUME(t.Semicolon);
					return undefined;
				},
			},
			{ ALT: () => this.SUBRULE(this.letStatement) },
			{ ALT: () => this.SUBRULE(this.importStatement) },
			{ ALT: () => this.SUBRULE(this.loopStatement) },
			{ ALT: () => this.SUBRULE(this.forStatement) },
			{ ALT: () => this.SUBRULE(this.jumpStatement) },
			{
				GATE: () => this.at(t.If) || this.at(t.LeftBrace) || this.at(t.If, 2),
				ALT: () => this.SUBRULE(this.bracedStatement),
			},
			{ ALT: () => this.SUBRULE(this.simpleStatement) },
		]);
	}

	/** An `if` or a block, after which no `;` is needed. */
	private readonly bracedStatement = this.RULE("bracedStatement", (): Entry => {
		const comptime = this.OPTION1(() => this.CONSUME(t.Comptime)) !== undefined;
		const open = this.OR<Expression>([
			{
				ALT: () => {
					const written = this.SUBRULE(this.ifExpression);
					return this.ACTION(() =>
						comptime ? { ...written, comptime } : written,
					);
				},
			},
			{
				ALT: () => {
					const block = this.SUBRULE(this.block);
					return this.ACTION(() => ({
						kind: "block",
						block,
						span: block.span,
					}));
				},
			},
		]);
		const semicolon = this.OPTION(() => this.CONSUME(t.Semicolon));
		return this.ACTION(() => (semicolon ? asStatement(open) : { open }));
	});
}

// The top of the grammar: a script is a row of items.
import type { IToken } from "chevrotain";
import type { AttachPoint, Expression, Item, Probe, ProbeSpec } from "./ast.ts";
import { buildAttachPoint, openQuote } from "./attach-point.ts";
import { DeclarationParser } from "./declaration-parser.ts";
import * as t from "./tokens.ts";

export class ScriptParser extends DeclarationParser {
	/** `validate` checks the grammar itself for mistakes; tests do, users need not wait for it. */
	constructor(validate = false) {
		super(validate);
		this.performSelfAnalysis();
	}

	readonly script = this.RULE("script", (): Item[] => {
		const items: Item[] = [];
		do {
			this.MANY(() => {
				const item = this.SUBRULE(this.item);
				if (item !== undefined) items.push(item);
			});
		} while (this.skipNoItem());
		return items;
	});

	/** Nothing but an expression, to the end of the text. */
	readonly wholeExpression = this.RULE(
		"wholeExpression",
		(): Expression | undefined =>
			this.recovering(
				() => {
					const expression = this.SUBRULE(this.expression);
					this.ACTION(() => {
						if (!this.atEnd()) this.failExpected("the end of the expression");
					});
					return expression;
				},
				() => this.skipAll(),
			),
	);

	/** Skips what can't begin an item; false at the end of the script. */
	private skipNoItem(): boolean {
		if (this.RECORDING_PHASE || this.atEnd()) return false;
		const token = this.LA(1);
		const { start, end } = this.tokenSpan(token);
		if (this.at(t.RightBrace)) {
			this.report.add("E0117", { close: "}" }, start, end);
			this.SKIP_TOKEN();
			return true;
		}
		const help = 'for example begin { printf("hello\\n"); }';
		this.tellExpected("a probe", { help });
		if (this.at(t.LeftBrace) || this.at(t.PredicateOpen)) this.skipItem();
		else this.SKIP_TOKEN();
		return true;
	}

	private readonly item = this.RULE("item", (): Item | undefined => {
		this.ACTION(() => {
			this.unclosedTold = false;
		});
		return this.recovering(
			() =>
				this.OR<Item | undefined>([
					{
						ALT: () =>
							this.verbatim("preprocessor", this.CONSUME(t.PreprocessorToken)),
					},
					{
						ALT: () =>
							this.verbatim("c-definition", this.CONSUME(t.CDefinitionToken)),
					},
					{ ALT: () => this.SUBRULE(this.config) },
					{ ALT: () => this.SUBRULE(this.importStatement) },
					{ ALT: () => this.SUBRULE(this.mapDeclaration) },
					{ ALT: () => this.SUBRULE(this.macro) },
					{ ALT: () => this.SUBRULE(this.functionDefinition) },
					{ ALT: () => this.SUBRULE(this.probe) },
					{
						ALT: () => {
							this.CONSUME(t.Semicolon);
							return undefined;
						},
					},
				]),
			() => this.skipItem(),
		);
	});

	private verbatim(kind: "preprocessor" | "c-definition", token: IToken): Item {
		return this.ACTION(() => ({
			kind,
			text: token.image,
			span: this.tokenSpan(token),
		}));
	}

	private readonly probe = this.RULE("probe", (): Probe => {
		const start = this.here();
		const specs: ProbeSpec[] = [this.SUBRULE1(this.probeSpec)];
		let commas = 0;
		this.MANY({
			GATE: () => commas < specs.length,
			DEF: () => {
				this.CONSUME(t.Comma);
				commas++;
				// A comma may trail the list.
				this.OPTION1(() => specs.push(this.SUBRULE2(this.probeSpec)));
			},
		});
		let predicate: Expression | undefined;
		this.OPTION2(() => {
			this.CONSUME(t.PredicateOpen);
			predicate = this.SUBRULE(this.comparison);
			this.close(
				t.PredicateClose,
				() => this.CONSUME(t.PredicateClose),
				t.LeftBrace,
			);
		});
		this.ACTION(() => this.checkHead(specs));
		const body = this.SUBRULE(this.body);
		return this.ACTION(() => ({
			kind: "probe",
			specs,
			predicate,
			body,
			span: this.spanFrom(start),
		}));
	});

	/** `kprobe: f` reads as two probes without a comma, `kprobe:f pid == 1` likewise. */
	private checkHead(specs: readonly ProbeSpec[]): void {
		if (!this.at(t.AttachPointToken) || this.onNewLine()) return;
		const from = specs.at(-1)?.alternatives.at(-1)?.span.start ?? 0;
		const { end } = this.tokenSpan(this.LA(1));
		const joined = this.report.source.text.slice(from, end).replace(/\s+/g, "");
		if (this.LA(0).image.endsWith(":") || this.LA(1).image.startsWith(":")) {
			this.fail("E0113", { joined }, this.report.span(from, end));
		}
		const help = "a predicate stands between slashes: /pid == 1/";
		this.failExpected("`{`", { help });
	}

	private readonly probeSpec = this.RULE("probeSpec", (): ProbeSpec => {
		const start = this.here();
		const alternatives: AttachPoint[] = [];
		this.AT_LEAST_ONE_SEP({
			SEP: t.Alternative,
			DEF: () => {
				const token = this.CONSUME(t.AttachPointToken);
				this.ACTION(() => alternatives.push(this.attachPoint(token)));
			},
			ERR_MSG: "a probe",
		});
		return this.ACTION(() => ({ alternatives, span: this.spanFrom(start) }));
	});

	private attachPoint(token: IToken): AttachPoint {
		const point = buildAttachPoint(
			this.report.source,
			token.image,
			token.startOffset,
		);
		const open = openQuote(token.image);
		if (open >= 0) {
			const start = token.startOffset + open;
			this.report.add("E0103", {}, start, start + 1);
		}
		const statement = /^[^:]*\(/.test(token.image);
		if (point.provider.text !== "" && !statement) return point;
		const span = this.tokenSpan(token);
		if (token.image.startsWith(":")) {
			const rest = token.image.replace(/^:+/, "");
			this.report.add("E0116", { rest }, span.start, span.end);
			return point;
		}
		const found = this.describe(token);
		const help =
			"statements stand in the braces of a probe; let @x = hash(100); declares a map";
		return this.fail("E0102", { expected: "a probe", found }, span, { help });
	}
}

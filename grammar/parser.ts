// The top of the grammar: a script is a row of items.
import type { IToken } from "chevrotain";
import type {
	AttachPoint,
	Config,
	ConfigEntry,
	Expression,
	FunctionDefinition,
	FunctionParameter,
	Item,
	Macro,
	MacroParameter,
	MapDeclaration,
	Probe,
	ProbeSpec,
} from "./ast.ts";
import { buildAttachPoint } from "./attach-point.ts";
import { StatementParser } from "./statement-parser.ts";
import * as t from "./tokens.ts";

export class ScriptParser extends StatementParser {
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

	private skipAll(): void {
		while (!this.atEnd()) this.SKIP_TOKEN();
	}

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

	private readonly config = this.RULE("config", (): Config => {
		const start = this.here();
		const entries: ConfigEntry[] = [];
		this.CONSUME(t.ConfigKeyword);
		this.CONSUME(t.Equals);
		this.CONSUME(t.LeftBrace);
		this.MANY(() => {
			entries.push(this.SUBRULE(this.configEntry));
			this.SUBRULE(this.statementEnd);
		});
		this.CONSUME(t.RightBrace);
		return this.ACTION(() => ({
			kind: "config",
			entries,
			span: this.spanFrom(start),
		}));
	});

	private readonly configEntry = this.RULE("configEntry", (): ConfigEntry => {
		const key = this.CONSUME1(t.Word);
		this.CONSUME(t.Equals);
		const value = this.OR<Expression | ConfigEntry["value"]>({
			DEF: [
				{ ALT: () => this.SUBRULE(this.literal) },
				{
					ALT: () => {
						const word = this.CONSUME2(t.IdentifierToken);
						return this.ACTION(() => this.name(word));
					},
				},
			],
			ERR_MSG: "a value",
		});
		return this.ACTION(() => {
			const span = this.spanFrom(key.startOffset);
			switch (value.kind) {
				case "integer":
				case "string":
				case "boolean":
				case "name":
					return { name: this.name(key), value, span };
				default:
					return this.fail(
						"E0102",
						{
							expected: "a number, a string, a word, true or false",
							found: "something else",
						},
						value.span,
					);
			}
		});
	});

	private readonly mapDeclaration = this.RULE(
		"mapDeclaration",
		(): MapDeclaration => {
			const start = this.here();
			this.CONSUME(t.Let);
			const map = this.CONSUME(t.MapToken, {
				ERR_MSG: "a map such as `@x`: here `let` declares maps",
			});
			let mapType: IToken | undefined;
			let args: Expression[] = [];
			this.OPTION1(() => {
				this.CONSUME(t.Equals);
				mapType = this.CONSUME(t.IdentifierToken, {
					ERR_MSG: "a type of maps such as `hash`",
				});
				args = this.SUBRULE(this.mapArguments);
			});
			const span = this.ACTION(() => this.spanFrom(start));
			this.OPTION2(() => this.CONSUME(t.Semicolon));
			return this.ACTION(() => {
				const { start: from, end } = this.tokenSpan(map);
				const name = {
					kind: "name",
					text: map.image.slice(1),
					span: this.report.span(from, end),
				} as const;
				return {
					kind: "map-declaration",
					map: name,
					mapType: mapType && this.name(mapType),
					args,
					span,
				};
			});
		},
	);

	private readonly mapArguments = this.RULE(
		"mapArguments",
		(): Expression[] => {
			const args: Expression[] = [];
			this.CONSUME(t.LeftParen);
			this.MANY_SEP({
				SEP: t.Comma,
				DEF: () => args.push(this.SUBRULE(this.expression)),
			});
			this.CONSUME(t.RightParen);
			return args;
		},
	);

	private readonly macro = this.RULE("macro", (): Macro => {
		const start = this.here();
		const parameters: MacroParameter[] = [];
		this.CONSUME(t.MacroKeyword);
		const name = this.CONSUME(t.Word, { ERR_MSG: "the name of the macro" });
		this.OPTION(() => {
			this.CONSUME(t.LeftParen);
			this.MANY_SEP({
				SEP: t.Comma,
				DEF: () => parameters.push(this.SUBRULE(this.macroParameter)),
			});
			this.CONSUME(t.RightParen);
		});
		const body = this.SUBRULE(this.block);
		return this.ACTION(() => ({
			kind: "macro",
			name: this.name(name),
			parameters,
			body,
			span: this.spanFrom(start),
		}));
	});

	private readonly macroParameter = this.RULE(
		"macroParameter",
		(): MacroParameter => {
			const make = (
				kind: MacroParameter["kind"],
				token: IToken,
				skip: number,
			) =>
				this.ACTION(() => ({
					kind,
					name: token.image.slice(skip),
					span: this.tokenSpan(token),
				}));
			return this.OR<MacroParameter>({
				DEF: [
					{ ALT: () => make("variable", this.CONSUME(t.VariableToken), 1) },
					{ ALT: () => make("map", this.CONSUME(t.MapToken), 1) },
					{ ALT: () => make("expression", this.CONSUME(t.IdentifierToken), 0) },
				],
				ERR_MSG: "a parameter: $variable, @map or a name",
			});
		},
	);

	private readonly functionDefinition = this.RULE(
		"functionDefinition",
		(): FunctionDefinition => {
			const start = this.here();
			const parameters: FunctionParameter[] = [];
			this.CONSUME(t.FunctionKeyword);
			const name = this.CONSUME(t.Word, {
				ERR_MSG: "the name of the function",
			});
			this.CONSUME(t.LeftParen);
			this.MANY_SEP({
				SEP: t.Comma,
				DEF: () => parameters.push(this.SUBRULE(this.functionParameter)),
			});
			this.CONSUME(t.RightParen);
			this.CONSUME(t.Colon);
			const returnType = this.SUBRULE(this.typeExpression);
			const body = this.SUBRULE(this.body);
			return this.ACTION(() => ({
				...{ kind: "function", name: this.name(name), parameters },
				...{ returnType, body, span: this.spanFrom(start) },
			}));
		},
	);

	private readonly functionParameter = this.RULE(
		"functionParameter",
		(): FunctionParameter => {
			const variable = this.SUBRULE(this.variable);
			this.CONSUME(t.Colon);
			const type = this.SUBRULE(this.typeExpression);
			return this.ACTION(() => ({
				variable,
				type,
				span: this.spanFrom(variable.span.start),
			}));
		},
	);

	private readonly probe = this.RULE("probe", (): Probe => {
		const start = this.here();
		const specs: ProbeSpec[] = [this.SUBRULE1(this.probeSpec)];
		this.MANY(() => {
			this.CONSUME(t.Comma);
			// A comma may trail the list.
			this.OPTION1(() => specs.push(this.SUBRULE2(this.probeSpec)));
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
		this.ACTION(() => this.checkSpaces(specs));
		const body = this.SUBRULE(this.body);
		return this.ACTION(() => ({
			kind: "probe",
			specs,
			predicate,
			body,
			span: this.spanFrom(start),
		}));
	});

	/** `kprobe: f` reads as two probes without a comma. */
	private checkSpaces(specs: readonly ProbeSpec[]): void {
		if (!this.at(t.AttachPointToken) || this.onNewLine()) return;
		const from = specs.at(-1)?.alternatives.at(-1)?.span.start ?? 0;
		const next = this.tokenSpan(this.LA(1));
		const joined = this.report.source.text
			.slice(from, next.end)
			.replace(/\s+/g, "");
		if (!joined.includes(":")) return;
		this.fail("E0113", { joined }, this.report.span(from, next.end));
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
		if (point.provider.text === "") {
			const { start, end } = this.tokenSpan(token);
			const rest = token.image.replace(/^:+/, "");
			this.report.add("E0116", { rest }, start, end);
		}
		return point;
	}
}

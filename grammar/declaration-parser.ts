// What may stand at the top of a script apart from probes: configuration, map declarations, macros, functions.
import type { IToken } from "chevrotain";
import type {
	Config,
	ConfigEntry,
	Expression,
	FunctionDefinition,
	FunctionParameter,
	Macro,
	MacroParameter,
	MapDeclaration,
} from "./ast.ts";
import { StatementParser } from "./statement-parser.ts";
import * as t from "./tokens.ts";

export abstract class DeclarationParser extends StatementParser {
	readonly config = this.RULE("config", (): Config => {
		const start = this.here();
		const entries: (ConfigEntry | undefined)[] = [];
		this.CONSUME(t.ConfigKeyword);
		this.CONSUME(t.Equals);
		const open = this.CONSUME(t.LeftBrace);
		do {
			this.MANY(() => entries.push(this.SUBRULE(this.configEntry)));
		} while (this.skipForeign("a setting such as max_map_keys = 100"));
		this.closeBlock(open, () => this.CONSUME(t.RightBrace));
		return this.ACTION(() => ({
			kind: "config",
			entries: entries.filter((entry) => entry !== undefined),
			span: this.spanFrom(start),
		}));
	});

	private readonly configEntry = this.RULE(
		"configEntry",
		(): ConfigEntry | undefined =>
			this.recovering(
				() => {
					const entry = this.SUBRULE(this.setting);
					this.SUBRULE(this.statementEnd);
					return entry;
				},
				() => this.skipStatement(),
			),
	);

	private readonly setting = this.RULE("setting", (): ConfigEntry => {
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

	readonly mapDeclaration = this.RULE("mapDeclaration", (): MapDeclaration => {
		const start = this.here();
		this.CONSUME(t.Let);
		this.ACTION(() => {
			if (this.at(t.MapToken)) return;
			const help = "variables are declared in the braces of a probe";
			this.failExpected("a map such as `@x`", { help });
		});
		const map = this.CONSUME(t.MapToken);
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
	});

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

	readonly macro = this.RULE("macro", (): Macro => {
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
			this.CONSUME(t.RightParen, {
				ERR_MSG: "a parameter ($variable, @map or a name) or `)`",
			});
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

	readonly functionDefinition = this.RULE(
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
}

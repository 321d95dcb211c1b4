// `if`, loops and their heads. After a mistake in a head the body is still read, so that its mistakes are told too.
import type { ParserMethod } from "chevrotain";
import type {
	Block,
	Expression,
	ForStatement,
	IfExpression,
	Range,
	Statement,
	Variable,
} from "./ast.ts";
import { elseIfBlock, withoutValue } from "./blocks.ts";
import {
	type Entry,
	SimpleStatementParser,
} from "./simple-statement-parser.ts";
import * as t from "./tokens.ts";

interface ForHead {
	readonly variable: Variable;
	readonly over: ForStatement["over"];
}

const forHelp = {
	help: "for goes over a map or a range: for ($i : 0..10) { … }",
};

export abstract class ControlParser extends SimpleStatementParser {
	abstract readonly body: ParserMethod<[], Block>;
	abstract readonly statement: ParserMethod<[], Entry>;

	readonly ifExpression = this.RULE(
		"ifExpression",
		(): IfExpression => this.nested(() => this.ifAndElse()),
	);

	private ifAndElse(): IfExpression {
		const start = this.here();
		this.CONSUME(t.If);
		const written = this.SUBRULE(this.condition);
		const then = this.SUBRULE1(this.branch);
		let otherwise: Block | undefined;
		let elseIf = false;
		this.OPTION(() => {
			this.CONSUME(t.Else);
			this.OR([
				{
					GATE: () => this.at(t.If),
					ALT: () => {
						const inner = this.SUBRULE(this.ifExpression);
						elseIf = true;
						otherwise = this.ACTION(() => elseIfBlock(inner));
					},
				},
				{
					ALT: () => {
						otherwise = this.SUBRULE2(this.branch);
					},
				},
			]);
		});
		return this.ACTION(() => {
			const inside = written.kind === "comptime";
			return {
				kind: "if-expression",
				comptime: inside,
				condition: inside ? written.operand : written,
				then,
				else: otherwise,
				elseIf,
				span: this.spanFrom(start),
			};
		});
	}

	/** A block. A statement without braces is told and read over. */
	private readonly branch = this.RULE("branch", (): Block => {
		this.ACTION(() => this.skipRestOfCondition());
		return this.OR<Block>({
			DEF: [
				{
					GATE: () => this.at(t.LeftBrace),
					ALT: () => this.SUBRULE(this.block),
				},
				{
					ALT: () => {
						const start = this.here();
						this.ACTION(() => {
							const help = "the statement stands in braces: { … }";
							this.tellExpected("`{`", { help });
						});
						this.SUBRULE(this.statement);
						return this.ACTION(() => {
							const span = this.spanFrom(start);
							return { statements: [], value: undefined, span };
						});
					},
				},
			],
			ERR_MSG: "`{`",
		});
	});

	/** `if a == b {`: only a single operand may go without parentheses. */
	private skipRestOfCondition(): void {
		const goesOn = [t.BinaryOperatorToken, t.Question, t.Equals];
		if (!goesOn.some((type) => this.at(type)) || this.onNewLine()) return;
		const help = "put the whole condition in parentheses";
		this.tellExpected("`{`", { help });
		this.skipHead();
	}

	/** Skips to the `{` of the body; leaves the statement where there is none. */
	private skipHead(): void {
		this.skipUntil(t.LeftBrace);
		if (!this.at(t.LeftBrace)) this.giveUp();
	}

	/** `(expression)`, or an operand without parentheses. */
	private readonly condition = this.RULE("condition", (): Expression => {
		const start = this.here();
		const condition = this.recovering(
			() => this.SUBRULE(this.soundCondition),
			() => this.skipHead(),
			"may stay",
		);
		return this.ACTION(
			() =>
				condition ?? {
					kind: "boolean",
					value: false,
					span: this.spanFrom(start),
				},
		);
	});

	private readonly soundCondition = this.RULE(
		"soundCondition",
		(): Expression =>
			this.OR<Expression>({
				DEF: [
					{
						GATE: () => this.at(t.LeftParen),
						ALT: () => {
							this.CONSUME(t.LeftParen);
							const condition = this.SUBRULE(this.comparison);
							this.close(
								t.RightParen,
								() => this.CONSUME(t.RightParen),
								t.LeftBrace,
							);
							return condition;
						},
					},
					{
						GATE: () => !this.at(t.LeftBrace),
						ALT: () => this.SUBRULE(this.operand),
					},
				],
				ERR_MSG: "a condition",
			}),
	);

	/** An expression where `=` is likely meant as `==`. */
	protected readonly comparison = this.RULE("comparison", (): Expression => {
		const condition = this.SUBRULE1(this.expression);
		this.OPTION(() => {
			const token = this.CONSUME(t.Equals);
			this.ACTION(() => {
				const { start, end } = this.tokenSpan(token);
				this.report.add("E0110", {}, start, end);
			});
			this.SUBRULE2(this.expression);
		});
		return condition;
	});

	readonly loopStatement = this.RULE("loopStatement", (): Statement => {
		const start = this.here();
		const { tokenType } = this.OR([
			{ ALT: () => this.CONSUME(t.While) },
			{ ALT: () => this.CONSUME(t.Unroll) },
		]);
		const condition = this.SUBRULE(this.condition);
		const body = this.SUBRULE(this.loopBody);
		return this.ACTION(() => {
			const span = this.spanFrom(start);
			return tokenType === t.While
				? { kind: "while", condition, body, span }
				: { kind: "unroll", count: condition, body, span };
		});
	});

	private readonly loopBody = this.RULE("loopBody", (): Block => {
		const block = this.SUBRULE(this.branch);
		return this.ACTION(() => withoutValue(block));
	});

	readonly forStatement = this.RULE(
		"forStatement",
		(): ForStatement | undefined => {
			const start = this.here();
			this.CONSUME(t.For);
			const head = this.recovering(
				() => this.SUBRULE(this.forHead),
				() => this.skipHead(),
				"may stay",
			);
			const body = this.SUBRULE(this.loopBody);
			return this.ACTION(
				() =>
					head && { kind: "for", ...head, body, span: this.spanFrom(start) },
			);
		},
	);

	private readonly forHead = this.RULE("forHead", (): ForHead => {
		const paren = this.OPTION(() => this.CONSUME(t.LeftParen));
		this.ACTION(() => {
			if (!this.at(t.VariableToken)) this.failExpected("a variable", forHelp);
		});
		const variable = this.SUBRULE(this.variable);
		this.ACTION(() => {
			if (!this.at(t.Colon)) this.failExpected("`:`", forHelp);
		});
		this.CONSUME(t.Colon);
		const over = this.SUBRULE(this.forSubject);
		if (paren !== undefined) this.CONSUME(t.RightParen);
		return { variable, over };
	});

	private readonly forSubject = this.RULE(
		"forSubject",
		(): ForStatement["over"] => {
			const start = this.here();
			const from = this.SUBRULE1(this.postfix);
			let range: Range | undefined;
			this.OPTION(() => {
				this.CONSUME(t.DotDot);
				const to = this.SUBRULE2(this.postfix);
				range = this.ACTION(() => ({
					kind: "range",
					from,
					to,
					span: this.spanFrom(start),
				}));
			});
			return this.ACTION(() => {
				if (range !== undefined) return range;
				return from.kind === "map"
					? from
					: this.failExpected("`..`, as in 0..10, or a map before it");
			});
		},
	);
}

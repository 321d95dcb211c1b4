// Statements without blocks of their own, and where a statement ends.
import type { IToken } from "chevrotain";
import { spanText } from "../src/base/source.ts";
import type {
	AssignStatement,
	Expression,
	Import,
	JumpStatement,
	LetStatement,
	Statement,
	TypeExpression,
} from "./ast.ts";
import { expressionStatement } from "./blocks.ts";
import { ExpressionParser } from "./expression-parser.ts";
import { isAssignOperator } from "./operators.ts";
import * as t from "./tokens.ts";
import { isTypeName } from "./type-names.ts";

/** A statement, or an expression without `;` of which the block decides whether it is its value. */
const statementEnd = { help: "a statement ends with `;`" };

/** What declares a variable in other languages. */
const FOREIGN_DECLARATIONS = new Set([
	"const",
	"var",
	"auto",
	"local",
	"my",
	"static",
	"this",
]);

export type Entry = Statement | { readonly open: Expression } | undefined;

export abstract class SimpleStatementParser extends ExpressionParser {
	readonly letStatement = this.RULE("letStatement", (): LetStatement => {
		const start = this.here();
		let type: TypeExpression | undefined;
		let value: Expression | undefined;
		this.CONSUME(t.Let);
		const variable = this.SUBRULE(this.variable);
		this.OPTION1(() => {
			this.CONSUME(t.Colon);
			type = this.SUBRULE(this.typeExpression);
		});
		this.OPTION2(() => {
			this.CONSUME(t.Equals);
			value = this.SUBRULE(this.expression);
		});
		const span = this.ACTION(() => this.spanFrom(start));
		this.SUBRULE(this.statementEnd);
		return this.ACTION(() => ({ kind: "let", variable, type, value, span }));
	});

	readonly importStatement = this.RULE("importStatement", (): Import => {
		const start = this.here();
		this.CONSUME(t.ImportKeyword);
		const path = this.SUBRULE(this.stringLiteral);
		const span = this.ACTION(() => this.spanFrom(start));
		this.SUBRULE(this.statementEnd);
		return this.ACTION(() => ({ kind: "import", path, span }));
	});

	/** An expression by itself or an assignment to it. */
	readonly simpleStatement = this.RULE("simpleStatement", (): Entry => {
		const start = this.here();
		const target = this.SUBRULE1(this.expression);
		let operator: IToken | undefined;
		let value: Expression | undefined;
		this.OPTION(() => {
			operator = this.CONSUME(t.AssignOperatorToken);
			value = this.SUBRULE2(this.expression);
		});
		const span = this.ACTION(() => this.spanFrom(start));
		const ended = this.SUBRULE(this.statementEnd, {
			ARGS: [operator ? undefined : target],
		});
		return this.ACTION((): Entry => {
			if (operator !== undefined && value !== undefined) {
				return this.assignment(target, operator, value, span);
			}
			return ended ? expressionStatement(target, span) : { open: target };
		});
	});

	private assignment(
		written: Expression,
		token: IToken,
		value: Expression,
		span: AssignStatement["span"],
	): Statement | undefined {
		const operator = token.image;
		if (!isAssignOperator(operator)) throw new Error(`E0900: ${operator}`);
		const discards = written.kind === "identifier" && written.name === "_";
		if (written.kind === "variable" || written.kind === "map") {
			return { kind: "assign", target: written, operator, value, span };
		}
		if (discards && operator === "=") {
			const target = { kind: "discard", span: written.span } as const;
			return { kind: "assign", target, operator, value, span };
		}
		const { start, end } = written.span;
		const what = `\`${spanText(written.span)}\``;
		const details =
			written.kind === "identifier"
				? { help: "variables begin with $, maps with @" }
				: {};
		this.report.add("E0114", { what }, start, end, details);
		return undefined;
	}

	protected readonly jumpStatement = this.RULE(
		"jumpStatement",
		(): JumpStatement => {
			const start = this.here();
			let value: Expression | undefined;
			const { tokenType } = this.OR([
				{ ALT: () => this.CONSUME(t.Break) },
				{ ALT: () => this.CONSUME(t.Continue) },
				{
					ALT: () => {
						const token = this.CONSUME(t.Return);
						value = this.OPTION(() => this.SUBRULE(this.expression));
						return token;
					},
				},
			]);
			const span = this.ACTION(() => this.spanFrom(start));
			this.SUBRULE(this.statementEnd);
			return this.ACTION(() => {
				const kind =
					tokenType === t.Break
						? "break"
						: tokenType === t.Continue
							? "continue"
							: "return";
				return { kind, value, span };
			});
		},
	);

	/** `;`, which may be missing before `}`. True where it was written. `before` is an expression that it ends. */
	protected readonly statementEnd = this.RULE(
		"statementEnd",
		(before?: Expression): boolean => {
			const semicolon = this.OPTION(() => this.CONSUME(t.Semicolon));
			this.ACTION(() => {
				if (semicolon === undefined) this.checkEnd(before);
			});
			return semicolon !== undefined;
		},
	);

	/** Tells that a `;` is missing; leaves the statement where what follows is no statement of its own. */
	private checkEnd(before: Expression | undefined): void {
		if (this.at(t.RightBrace) || this.at(t.ItemStart) || this.atEnd()) return;
		const next = this.tokenSpan(this.LA(1));
		if (this.at(t.RightParen) || this.at(t.RightBracket)) {
			this.fail("E0117", { close: this.LA(1).image }, next);
		}
		if (before?.kind === "identifier") this.checkDeclaration(before.name);
		if (before?.kind === "identifier" && !this.onNewLine()) {
			const values = [
				t.StringToken,
				t.IntegerToken,
				t.VariableToken,
				t.MapToken,
			];
			if (values.some((type) => this.at(type))) {
				this.fail("E0112", { name: before.name }, next);
			}
		}
		if (before?.kind === "identifier" && this.at(t.Colon)) {
			const { start } = before.span;
			this.fail("E0118", {}, this.report.span(start, next.end));
		}
		const called = before?.kind === "call" ? before.callee.text : "";
		if (/^els?e?if$/.test(called) && this.at(t.LeftBrace)) {
			this.failExpected("`;`", { help: "write else if" });
		}
		if (before?.kind === "variable" && this.at(t.Colon)) {
			const help = `write let $${before.name}: … to declare a type`;
			this.failExpected("`;`", { help });
		}
		if (this.onNewLine() || this.beginsStatement())
			this.tellExpected("`;`", statementEnd);
		else this.failExpected("`;`", statementEnd);
	}

	/** `int x` and `const $x`, as other languages have it. */
	private checkDeclaration(word: string): void {
		if (!this.at(t.IdentifierToken) && !this.at(t.VariableToken)) return;
		if (!isTypeName(word) && !FOREIGN_DECLARATIONS.has(word)) return;
		const name = this.LA(1).image.replace(/^\$/, "");
		const type = isTypeName(word) ? `: ${word}` : "";
		const help = `a variable is declared like this: let $${name}${type}`;
		this.failExpected("`;`", { help });
	}

	private beginsStatement(): boolean {
		const words = [t.Let, t.If, t.While, t.For, t.Unroll, t.Return];
		if ([...words, t.VariableToken, t.MapToken].some((type) => this.at(type))) {
			return true;
		}
		return this.at(t.IdentifierToken) && this.at(t.LeftParen, 2);
	}
}

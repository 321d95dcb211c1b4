// Statements and blocks as text: one statement per line, indented by tabs, comments and single empty lines kept.
import type {
	Block,
	Comment,
	Expression,
	IfExpression,
	IfStatement,
	Node,
	Statement,
} from "./ast.ts";
import { hasValue } from "./blocks.ts";
import { behind, type CommentQueue, commentLines } from "./format-comments.ts";
import {
	type ExpressionPrinter,
	expressionText,
	typeText,
} from "./format-expression.ts";
import { strength } from "./operators.ts";

/** Prints nodes at one indentation. `inner` prints one step further in. */
export interface StatementPrinter extends ExpressionPrinter {
	readonly indent: string;
	readonly comments: CommentQueue;
	readonly inner: () => StatementPrinter;
}

export function statementPrinter(
	comments: CommentQueue,
	indent = "",
): StatementPrinter {
	const printer: StatementPrinter = {
		indent,
		comments,
		inner: () => statementPrinter(comments, `${indent}\t`),
		braced: (expression) => bracedText(printer, expression),
	};
	return printer;
}

function bracedText(printer: StatementPrinter, expression: Expression): string {
	if (expression.kind === "block") return blockText(printer, expression.block);
	if (expression.kind === "if-expression") return ifText(printer, expression);
	throw new Error(`E0900: ${expression.kind} has no braces`);
}

/** One thing on lines of its own: a statement, an item, an entry. */
export interface Line {
	readonly node: Node;
	readonly print: () => string;
}

/** Text of whole lines and the place in the script that it comes from. */
interface Chunk {
	readonly text: string;
	readonly start: number;
	readonly end: number;
	/** An empty line comes before it even where the script has none. */
	readonly apart: boolean;
}

/** Collects lines with the comments around them; `gap` asks for an empty line where the script has none. */
export function layOut(
	printer: StatementPrinter,
	lines: readonly Line[],
	end: number,
	gap: (line: Line, before: Line) => boolean = () => false,
): string[] {
	const { comments, indent } = printer;
	const chunks: Chunk[] = [];
	lines.forEach((line, i) => {
		const before = lines[i - 1];
		const apart = before !== undefined && gap(line, before);
		const { start, end: last } = line.node.span;
		const leading = comments.before(start);
		chunks.push(...commentChunks(leading, indent, apart));
		const text = indent + line.print();
		const trailing = [...comments.before(last), ...comments.sameLine(last)];
		chunks.push({
			text: behind(text, trailing, indent),
			start,
			end: Math.max(last, trailing.at(-1)?.span.end ?? 0),
			apart: apart && leading.length === 0,
		});
	});
	chunks.push(...commentChunks(comments.before(end), indent, false));
	return joinChunks(comments.text, chunks);
}

function commentChunks(
	comments: readonly Comment[],
	indent: string,
	apart: boolean,
): Chunk[] {
	return comments.map((comment, i) => ({
		text: commentLines(comment, indent),
		start: comment.span.start,
		end: comment.span.end,
		apart: apart && i === 0,
	}));
}

/** Keeps one empty line where the script has some. */
function joinChunks(script: string, chunks: readonly Chunk[]): string[] {
	const result: string[] = [];
	let last = 0;
	for (const { text, start, end, apart } of chunks) {
		const between = script.slice(last, start);
		const empty = apart || /\n[ \t\r;]*\n/.test(between);
		if (result.length > 0 && empty) result.push("");
		result.push(text);
		last = Math.max(last, end);
	}
	return result;
}

/** A block; its last line stands at the printer's indentation. */
export function blockText(printer: StatementPrinter, block: Block): string {
	const { value } = block;
	const lines: Line[] = block.statements.map((node) => ({
		node,
		print: () => statementText(inner, node),
	}));
	const inner = printer.inner();
	if (value) lines.push({ node: value, print: () => valueText(inner, value) });
	return bracesText(printer, block, lines);
}

/** Lines in braces. Comments right after the `{` stay there. */
export function bracesText(
	printer: StatementPrinter,
	node: Node,
	lines: readonly Line[],
): string {
	const { comments } = printer;
	const open = comments.text.indexOf("{", node.span.start) + 1;
	const first = [...comments.before(open), ...comments.sameLine(open)];
	const inner = printer.inner();
	const body = layOut(inner, lines, node.span.end - 1);
	if (first.length === 0 && body.length === 0) return "{}";
	const head = behind("{", first, inner.indent);
	return [head, ...body, `${printer.indent}}`].join("\n");
}

/** A block or an `if` without a value of its own would read as a statement here. */
function valueText(printer: StatementPrinter, value: Expression): string {
	const text = expressionText(printer, value);
	return hasValue(value) ? text : `(${text})`;
}

function statementText(printer: StatementPrinter, s: Statement): string {
	const text = (e: Expression) => expressionText(printer, e);
	switch (s.kind) {
		case "expression-statement":
			return `${standaloneText(printer, s.expression)};`;
		case "let": {
			const type = s.type ? `: ${typeText(printer, s.type)}` : "";
			const value = s.value ? ` = ${text(s.value)}` : "";
			return `let $${s.variable.name}${type}${value};`;
		}
		case "assign": {
			const target = s.target.kind === "discard" ? "_" : text(s.target);
			return `${target} ${s.operator} ${text(s.value)};`;
		}
		case "if":
			return ifText(printer, s);
		case "while":
			return `while (${text(s.condition)}) ${blockText(printer, s.body)}`;
		case "unroll":
			return `unroll (${text(s.count)}) ${blockText(printer, s.body)}`;
		case "for":
			return `for ($${s.variable.name} : ${overText(printer, s.over)}) ${blockText(printer, s.body)}`;
		case "return":
		case "break":
		case "continue":
			return `${s.kind}${s.value ? ` ${text(s.value)}` : ""};`;
		case "block-statement":
			return blockText(printer, s.block);
		case "import":
			return `import ${s.path.text};`;
	}
}

/** At the start of a statement a block or an `if` would be the whole statement. */
function standaloneText(printer: StatementPrinter, e: Expression): string {
	const text = expressionText(printer, e);
	return e.kind === "block" || e.kind === "if-expression" ? `(${text})` : text;
}

function overText(
	printer: StatementPrinter,
	over: Extract<Statement, { kind: "for" }>["over"],
): string {
	if (over.kind === "map") return expressionText(printer, over);
	const end = (e: Expression) => expressionText(printer, e, strength.postfix);
	return `${end(over.from)}..${end(over.to)}`;
}

function ifText(
	printer: StatementPrinter,
	node: IfStatement | IfExpression,
): string {
	const condition = expressionText(printer, node.condition);
	const head = `if ${node.comptime ? "comptime " : ""}(${condition})`;
	const then = `${head} ${blockText(printer, node.then)}`;
	if (node.else === undefined) return then;
	return `${then} else ${elseText(printer, node.else, node.elseIf)}`;
}

function elseText(
	printer: StatementPrinter,
	block: Block,
	elseIf: boolean,
): string {
	const [inner] = block.statements;
	if (elseIf && block.value) return expressionText(printer, block.value);
	if (elseIf && inner) return statementText(printer, inner);
	return blockText(printer, block);
}

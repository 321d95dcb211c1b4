// One mistake per script, with the place where it must be told marked in the script.
import { describe, expect, test } from "vitest";
import { messages } from "../../src/base/messages.ts";
import { parse, unmark } from "./parsing.ts";

/** Marked script, code, and a piece of the text or of the help. */
type Row = readonly [string, string, string?];

const text: readonly Row[] = [
	["BEGIN { ⟦`⟧ }", "E0101", "`"],
	["BEGIN { ⟦$⟧ x = 1; }", "E0101", "$name"],
	['BEGIN { f(⟦"hello⟧); }', "E0103", "close it"],
	['BEGIN { f(⟦"a\\"⟧); }', "E0103"],
	['BEGIN { f(⟦"hello, 1); g(⟧); }', "E0103"],
	['BEGIN { f(⟦"hello⟧\n"); }', "E0103", "\\n"],
	["BEGIN { } ⟦/*⟧ open", "E0104"],
	["BEGIN { f(⟦12e4⟧); }", "E0105", "one digit"],
	["BEGIN { f(⟦5e⟧-9); }", "E0105", "whole numbers"],
	["BEGIN { f(⟦1e21⟧); }", "E0105", "greatest"],
	["BEGIN { f(⟦5000000000u⟧); }", "E0105", "4294967295"],
	["BEGIN { f(⟦1_⟧); }", "E0105", "cannot end in _"],
	["BEGIN { f(⟦08⟧); }", "E0105", "octal"],
	["BEGIN { f(⟦0x⟧); }", "E0105", "0x"],
	["BEGIN { f(⟦1kb⟧); }", "E0105", "kb is no suffix"],
	["BEGIN { f(⟦$0⟧); }", "E0105", "from $1"],
	['BEGIN { f("a⟦\\q⟧b"); }', "E0106", "\\q"],
	['BEGIN { f("⟦\\777⟧"); }', "E0106", "\\777"],
	["BEGIN { f(⟦'hello'⟧); }", "E0111", 'write "hello"'],
	["BEGIN { f(⟦“hello”⟧); }", "E0111", 'write "hello"'],
	["BEGIN { f(); ⟦#⟧ a remark; with { braces\n}", "E0101", "begins with //"],
	["⟦#⟧ a remark\nBEGIN { f(); }", "E0101", "begins with //"],
	["BEGIN { f(); }\n⟦#⟧!/usr/bin/env kask\n", "E0101", "begins with //"],
	["BEGIN {\n⟦#⟧ define A 1\nf(); }", "E0101", "top of the script"],
];

const items: readonly Row[] = [
	["⟦⟧", "E0108"],
	["⟦⟧// nothing\n", "E0108"],
	["k:f { } ⟦#define A 1⟧\n", "E0107", "preprocessor"],
	["k:f { } ⟦config = { a = 1 }⟧", "E0107", "configuration"],
	['k:f { } ⟦import "a.bt"⟧;', "E0107", "import"],
	["config = { } ⟦config = { }⟧ k:f { }", "E0120"],
	["config = { ⟦@a⟧ = 1; } k:f { }", "E0102", "a setting"],
	["config = { a = ⟦;⟧ b = 1 } k:f { }", "E0102", "a value"],
	["config = { a = ⟦$x⟧; } k:f { }", "E0102", "a number"],
	["config ⟦{⟧ a = 1 } k:f { }", "E0102", "`=`"],
	["struct a ⟦{⟧ int x;", "E0109"],
	["import ⟦foo⟧; k:f { }", "E0102", "a string"],
	["let ⟦$x⟧ = 5; k:f { }", "E0102", "`@x`"],
	["macro ⟦(⟧x) { } k:f { }", "E0102", "the name of the macro"],
	["macro f(⟦1⟧) { } k:f { }", "E0102", "a parameter"],
	["fn f() ⟦{⟧ } k:f { }", "E0102", "`:`"],
	["⟦{⟧ f(); }", "E0102", "a probe"],
	["⟦/⟧pid/ { f(); }", "E0102", "a probe"],
	["⟦@a⟧ = hash(); k:f { }", "E0102", "let @x = hash(100)"],
	["⟦f(1)⟧;", "E0102", "braces of a probe"],
	["⟦:f⟧ { }", "E0116", "kprobe:f"],
	["⟦kprobe: f⟧ { }", "E0113", "kprobe:f"],
	["⟦kprobe :f⟧ { }", "E0113", "kprobe:f"],
	["kprobe:f ⟦pid⟧ == 1 { }", "E0102", "/pid == 1/"],
	['uprobe:/x:⟦"⟧f { }', "E0103"],
	["kprobe:f⟦⟧", "E0102", "`{`"],
	["kprobe:f,⟦,⟧kprobe:g { }", "E0102", "`{`"],
	["kprobe:f /pid ⟦=⟧ 1/ { }", "E0110", "=="],
	["kprobe:f /pid == 1 ⟦{⟧ g(); } k:h { }", "E0102", "after the predicate"],
	["k:f { } ⟦}⟧ k:g { }", "E0117"],
	["kprobe:f { ⟦kprobe:⟧g { } }", "E0118"],
];

const statements: readonly Row[] = [
	["BEGIN { f() ⟦g⟧(); }", "E0102", "expected `;`, found `g`"],
	["BEGIN { $x = 1⟦⟧\n$y = 2; }", "E0102", "`;`"],
	["BEGIN { break ⟦f⟧(); }", "E0102", "`;`"],
	["BEGIN { f(1⟦;⟧ }", "E0102", "`,` or `)`"],
	["BEGIN { f(1 ⟦2⟧); }", "E0102", "`,` or `)`"],
	["BEGIN { f(1)⟦)⟧; }", "E0117"],
	["BEGIN { f(⟦,⟧ 1); }", "E0102", "`,` or `)`"],
	["BEGIN { f(1, ⟦)⟧; }", "E0102", "an expression"],
	["BEGIN { @x[⟦]⟧ = 1; }", "E0102", "a key"],
	["BEGIN { $x = 1 + ⟦;⟧ }", "E0102", "an expression"],
	["BEGIN { $x = a ? b⟦;⟧ }", "E0102", "`:`"],
	["BEGIN { ⟦%⟧ 1; }", "E0102", "a statement"],
	["BEGIN { ⟦else⟧ { } }", "E0102", "a statement"],
	['BEGIN { printf ⟦"a"⟧; }', "E0112", "printf"],
	["BEGIN { const ⟦$x⟧ = 1; }", "E0102", "let $x"],
	["BEGIN { int ⟦$x⟧ = 1; }", "E0102", "let $x: int"],
	["BEGIN { ⟦pid⟧ = 1; }", "E0114", "variables begin with $"],
	["BEGIN { ⟦args.x⟧ += 1; }", "E0114"],
	["BEGIN { ⟦$t.0⟧ = 1; }", "E0114"],
	["BEGIN { $x⟦:⟧ int8 = 1; }", "E0102", "let $x"],
	["BEGIN { let ⟦x⟧ = 1; }", "E0102", "a variable"],
	["BEGIN { if (a ⟦=⟧ 1) { } }", "E0110"],
	["BEGIN { if a ⟦==⟧ 1 { } }", "E0102", "parentheses"],
	["BEGIN { if (a) ⟦f⟧(); }", "E0102", "braces"],
	["BEGIN { if (a ⟦{⟧ f(); } }", "E0102", "`)`"],
	["BEGIN { if (a) { } elseif (b) ⟦{⟧ } }", "E0102", "else if"],
	["BEGIN { while ⟦{⟧ } }", "E0102", "a condition"],
	["BEGIN { for ($i ⟦=⟧ 0; $i < 1; $i++) { f(); } }", "E0102", "0..10"],
	["BEGIN { for (⟦@a⟧ : @b) { } }", "E0102", "a variable"],
	["BEGIN { for ($i : 1⟦+⟧1..9) { } }", "E0102", "`..`"],
	["BEGIN { for ($i : 0..⟦)⟧ { } }", "E0102", "an expression"],
	["BEGIN { for ($i : 0..1⟦+⟧1) { } }", "E0102", "`)`"],
	["BEGIN { $x = { 1 } ⟦f⟧(); }", "E0102", "`;`"],
	["BEGIN { f((a = 1, ⟦a⟧ = 2)); }", "E0115", "a is given twice"],
	["BEGIN { f((a = 1, ⟦5⟧)); }", "E0102", "a name"],
	["BEGIN { offsetof(struct a, b⟦->⟧c); }", "E0102", "`)`"],
	["BEGIN ⟦{⟧ f();", "E0109"],
	["BEGIN ⟦{⟧ if (a) { f(); }", "E0109"],
];

function table(rows: readonly Row[]): void {
	const full = rows.map(([marked, code, piece = ""]) => ({
		marked,
		code,
		piece,
	}));
	test.each(full)("$marked $code", ({ marked, code, piece }) => {
		const { text: script, ranges } = unmark(marked);
		const { found } = parse(script);
		expect(found.map((d) => d.code)).toEqual([code]);
		expect(found.map(({ span }) => [span?.start, span?.end])).toEqual(ranges);
		const [told] = found;
		expect(`${told?.text} ${told?.help ?? ""}`).toContain(piece);
	});
}

describe("text", () => table(text));
describe("items", () => table(items));
describe("statements", () => table(statements));

test.each([
	["parentheses", "$x = ", "(", "1", ")"],
	["blocks", "", "{", "f();", "}"],
	["blocks as values", "", "$x = {", "1", "}"],
	["ifs", "", "if (1) {", "", "}"],
	["else ifs", "", "if (1) { } else ", "{ }", ""],
	["operators", "", "!", "1", ""],
	["sums", "", "1 + ", "1", ""],
	["conditions", "", "a ? b : ", "1", ""],
	["calls", "", "f(", "1", ")"],
	["fields", "", "a.", "b", ""],
	["tuple types", "let $x: ", "(", "int8", ")"],
])("nesting has an end: %s", (_, head, before, inside, after) => {
	const deep = `${head}${before.repeat(5000)}${inside}${after.repeat(5000)}`;
	const { found } = parse(`BEGIN { ${deep} }`);
	expect(found.map((d) => d.code)).toEqual(["E0119"]);
});

test("every code of syntax is tried here", () => {
	const tried = [...text, ...items, ...statements].map(([, code]) => code);
	const known = Object.keys(messages).filter((code) => code.startsWith("E01"));
	expect(known.filter((code) => !tried.includes(code))).toEqual(["E0119"]);
});

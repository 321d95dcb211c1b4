// Several mistakes in one script, all told in one run: what is marked, in its order, and nothing else.
import { describe, expect, test } from "vitest";
import { parseExpression } from "../../grammar/parse.ts";
import { Diagnostics, formatDiagnostic } from "../../src/base/diagnostics.ts";
import { Source } from "../../src/base/source.ts";
import { parse, parseSound, unmark } from "./parsing.ts";
import { expressionSexpr, scriptSexpr } from "./sexpr.ts";

const rows: readonly {
	marked: string;
	codes: readonly string[];
	tree: string;
}[] = [
	{
		marked: "k:a { f(⟦;⟧ $x = ⟦;⟧ g(); } k:b { h(1 ⟦2⟧); }",
		codes: ["E0102", "E0102", "E0102"],
		tree: "(probe k[a] {(call f) (call g)}) (probe k[b] {})",
	},
	{
		marked: "k:a { f(⟦'x'⟧); $y = ⟦08⟧; g(⟦$0⟧) }",
		codes: ["E0111", "E0105", "E0105"],
		tree: '(probe k[a] {(call f "x") (= $y 0) (call g $0)})',
	},
	{
		marked: "k:a {\n\t$x = 1⟦⟧\n\t$y = 2⟦⟧\n\tf();\n}\n",
		codes: ["E0102", "E0102"],
		tree: "(probe k[a] {(= $x 1) (= $y 2) (call f)})",
	},
	{
		marked: "k:a ⟦{⟧ if (x) { f(); } k:b { g(); } k:c { h(⟦}⟧",
		codes: ["E0109", "E0102"],
		tree: "(probe k[a] {(if x {(call f)})}) (probe k[b] {(call g)}) (probe k[c] {})",
	},
	{
		marked: "k:a ⟦{⟧\n\tf()\nk:b { g(); }\nBEGIN ⟦{⟧ h();\n\nEND { }\n",
		codes: ["E0109", "E0109"],
		tree: "(probe k[a] {(call f)}) (probe k[b] {(call g)}) (probe BEGIN {(call h)}) (probe END {})",
	},
	{
		marked: "k:a⟦⟧\nk:b { f(⟦}⟧\n⟦}⟧ k:c { }",
		codes: ["E0102", "E0102", "E0117"],
		tree: "(probe k[b] {}) (probe k[c] {})",
	},
	{
		marked:
			"⟦kprobe: a⟧ { f(); } k:b /x ⟦=⟧ 1/ { g(); } k:c /1 ⟦{⟧ h(); } k:d { }",
		codes: ["E0113", "E0110", "E0102"],
		tree: "(probe k[b] (if x) {(call g)}) (probe k[c] (if 1) {(call h)}) (probe k[d] {})",
	},
	{
		marked: "k:a { if (⟦)⟧ { f(⟦]⟧; g(); } for ($i : 0⟦)⟧ { h(⟦}⟧ i(); }",
		codes: ["E0102", "E0102", "E0102", "E0102"],
		tree: "(probe k[a] {(if false {(call g)}) (call i)})",
	},
	{
		marked: "k:a { if (x) ⟦f⟧(); else ⟦g⟧(); while (1) ⟦h⟧(); i(); }",
		codes: ["E0102", "E0102", "E0102"],
		tree: "(probe k[a] {(if x {} else {}) (while 1 {}) (call i)})",
	},
	{
		marked: "config = { a = ⟦;⟧ b = 1; ⟦@c⟧ = 2; d = 3 }\nk:a { }",
		codes: ["E0102", "E0102"],
		tree: "(config (b 1) (d 3)) (probe k[a] {})",
	},
	{
		marked: 'k:a { f(⟦"x); g(⟧); }\nk:b { f(⟦"y⟧);\n}\nk:c { h(⟦}⟧',
		codes: ["E0103", "E0103", "E0102"],
		tree: '(probe k[a] {(call f "x); g(")}) (probe k[b] {(call f "y")}) (probe k[c] {})',
	},
	{
		marked:
			"let ⟦$x⟧ = 5;\nmacro ⟦(⟧) { }\nstruct s { int a; };\nfn f() ⟦{⟧ }\nk:a { }",
		codes: ["E0102", "E0102", "E0102"],
		tree: '(c-definition "struct s { int a; };") (probe k[a] {})',
	},
];

describe("every mistake is told once", () => {
	test.each(rows)("$marked", ({ marked, codes, tree }) => {
		const { text, ranges } = unmark(marked);
		const { script, found } = parse(text);
		expect(found.map((d) => [d.code, d.span?.start, d.span?.end])).toEqual(
			codes.map((code, i) => [code, ...(ranges[i] ?? [])]),
		);
		expect(scriptSexpr(script)).toBe(tree);
	});
});

test("a mistake reads well", () => {
	const { found } = parse('kprobe:f {\n\tprintf("%d", $x\n}\n');
	expect(found.map((d) => formatDiagnostic(d)).join("\n")).toBe(
		[
			"error[E0102]: expected `,` or `)`, found `}`",
			" --> test.bt:2:17",
			'2 | \tprintf("%d", $x',
			"  | \t               ^",
			"help: put `,` or `)` there",
		].join("\n"),
	);
});

test("after a mistake the next script is parsed as if nothing had been", () => {
	parse("k:a { { { ( [ f(");
	expect(scriptSexpr(parseSound("k:a { f(); }"))).toBe(
		"(probe k[a] {(call f)})",
	);
});

describe("an expression by itself", () => {
	const at = { source: new Source("user.bt", "XYZ"), start: 1, end: 2 };

	test("is placed where it is used", () => {
		const diagnostics = new Diagnostics();
		const expression = parseExpression(
			new Source("XYZ", "1 + (a)"),
			diagnostics,
			at,
		);
		expect(expression && expressionSexpr(expression)).toBe("(+ 1 a)");
		expect(expression?.span).toBe(at);
	});

	test.each(["", "1 +", "1 2", "{", '"a" "b"'])("%s is none", (text) => {
		const diagnostics = new Diagnostics();
		expect(
			parseExpression(new Source("XYZ", text), diagnostics, at),
		).toBeUndefined();
		expect(diagnostics.all.map((d) => d.span)).toEqual([at]);
	});
});

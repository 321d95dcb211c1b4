import { describe, expect, test } from "vitest";
import { expressionOf } from "./parsing.ts";

function table(rows: readonly (readonly [string, string])[]): void {
	test.each(rows)("%s", (text, tree) => {
		expect(expressionOf(text)).toBe(tree);
	});
}

describe("literals", () => {
	table([
		["0", "0"],
		["42", "42"],
		["0x1F", "31"],
		["0777", "511"],
		["1_000_000", "1000000"],
		["2e3", "2000"],
		["1e1_0", "10000000000"],
		["18446744073709551615", "18446744073709551615"],
		["5u", "5u"],
		["5ULL", "5u"],
		["0x10ul", "16u"],
		["7ll", "7"],
		["10ms", "10000000ns"],
		["3us", "3000ns"],
		["2s", "2000000000ns"],
		["1m", "60000000000ns"],
		["1h", "3600000000000ns"],
		["1d", "86400000000000ns"],
		["true", "true"],
		["false", "false"],
		['"a\\tb\\n"', '"a\\tb\\n"'],
		['"\\x41\\102\\"\\\\"', '"AB\\"\\\\"'],
		['"\\xff"', '"ÿ"'],
		['"µ→"', '"Âµâ\u0086\u0092"'],
		['"a // no comment"', '"a // no comment"'],
	]);
});

describe("names", () => {
	table([
		["pid", "pid"],
		["$x", "$x"],
		["$1", "$1"],
		["$#", "$#"],
		["@", "@"],
		["@x", "@x"],
		["@x[1, comm]", "(@x 1 comm)"],
		["@x[(1, 2)]", "(@x (tuple 1 2))"],
		["@[pid]", "(@ pid)"],
		["config", "config"],
		["macro", "macro"],
	]);
});

describe("operators bind as in C", () => {
	table([
		["1 + 2 * 3", "(+ 1 (* 2 3))"],
		["1 - 2 - 3", "(- (- 1 2) 3)"],
		["(1 - 2) - (3 - 4)", "(- (- 1 2) (- 3 4))"],
		["1 << 2 + 3", "(<< 1 (+ 2 3))"],
		["1 < 2 == 3 > 4", "(== (< 1 2) (> 3 4))"],
		["a & b == c", "(& a (== b c))"],
		["a | b ^ c & d", "(| a (^ b (& c d)))"],
		["a || b && c || d", "(|| (|| a (&& b c)) d)"],
		["a % b / c", "(/ (% a b) c)"],
		["!a && ~b", "(&& (! a) (~ b))"],
		["- -a", "(- (- a))"],
		["a - -b", "(- a (- b))"],
		["*$p + 1", "(+ (* $p) 1)"],
		["**($p + 1)", "(* (* (+ $p 1)))"],
		["&$x", "(& $x)"],
		["$x++ + ++$y", "(+ (_++ $x) (++_ $y))"],
		["@a[1]--", "(_-- (@a 1))"],
		["a ? b : c ? d : e", "(? a b (? c d e))"],
		["a ? b ? 1 : 2 : 3", "(? a (? b 1 2) 3)"],
		["a ?: b", "(? a - b)"],
		["a || b ? 1 : 2", "(? (|| a b) 1 2)"],
	]);
});

describe("what follows an operand", () => {
	table([
		["args.x", "(. args x)"],
		["args->x->y", "(-> (-> args x) y)"],
		["$t.0.1", "(. (. $t 0) 1)"],
		["$x.if", "(. $x if)"],
		["a[1][b]", "([] ([] a 1) b)"],
		["@x[1][2]", "([] (@x 1) 2)"],
		["((struct a *)b)->c[1]", "([] (-> (cast <struct a*> b) c) 1)"],
		["f()", "(call f)"],
		["f(1, g(2))", "(call f 1 (call g 2))"],
		["f(1).x", "(. (call f 1) x)"],
		["f!(1)", "(call f! 1)"],
		["f(struct a, typeof(b))", "(call f <struct a> (typeof b))"],
	]);
});

describe("parentheses", () => {
	table([
		["(1)", "1"],
		["()", "(tuple)"],
		["(1,)", "(tuple 1)"],
		["(1, (2, 3))", "(tuple 1 (tuple 2 3))"],
		["(1, 2,)", "(tuple 1 2)"],
		["(a = 1, b = (c = 2))", "(record (a 1) (b (record (c 2))))"],
		["(a == 1)", "(== a 1)"],
		["(pid) - 1", "(- pid 1)"],
		["(PAGE) * 2", "(* PAGE 2)"],
	]);
});

describe("casts", () => {
	table([
		["(int32)$x + 1", "(+ (cast <int32> $x) 1)"],
		["(uint8)-1", "(cast <uint8> (- 1))"],
		["(u64)-1", "(cast <u64> (- 1))"],
		["(pid_t)*$p", "(cast <pid_t> (* $p))"],
		["(foo)$x.y", "(cast <foo> (. $x y))"],
		["(foo)(1)", "(cast <foo> 1)"],
		["(type*)($x - 1)", "(cast <type*> (- $x 1))"],
		["(struct a)-1", "(cast <struct a> (- 1))"],
		["(union u **)x", "(cast <union u**> x)"],
		["(enum e)1", "(cast <enum e> 1)"],
		["(uint8[4])x", "(cast <uint8[4]> x)"],
		["(int8[])x", "(cast <int8[]> x)"],
		["(int8[2][3])x", "(cast <int8[2][3]> x)"],
		["(int8[4]*)x", "(cast <(int8[4])*> x)"],
		["(unsigned long long)x", "(cast <unsigned long long> x)"],
		["(typeof(x))y", "(cast <(typeof x)> y)"],
		["(typeof(*$x) *)y", "(cast <(typeof (* $x))*> y)"],
		["*(uint8*)p", "(* (cast <uint8*> p))"],
	]);
});

describe("types and values", () => {
	table([
		["sizeof(int32)", "(sizeof <int32>)"],
		["sizeof(struct a *)", "(sizeof <struct a*>)"],
		["sizeof(foo)", "(sizeof foo)"],
		["sizeof(foo *)", "(sizeof <foo*>)"],
		["sizeof(foo[1])", "(sizeof <foo[1]>)"],
		["sizeof((foo)[1])", "(sizeof ([] foo 1))"],
		["sizeof($x)", "(sizeof $x)"],
		["sizeof(a * b)", "(sizeof (* a b))"],
		["sizeof(typeof(x))", "(sizeof <(typeof x)>)"],
		["typeinfo(@x[1]).base", "(. (typeinfo (@x 1)) base)"],
		["offsetof(struct a, b.c)", "(offsetof <struct a> b.c)"],
		["offsetof(*$x, if)", "(offsetof (* $x) if)"],
		["comptime f(1) ? 2 : 3", "(? (comptime (call f 1)) 2 3)"],
	]);
});

describe("blocks as values", () => {
	table([
		["{ $a = 1; $a }", "{(= $a 1) => $a}"],
		["{ f(); }", "{(call f)}"],
		["f({ 1 }, 2)", "(call f {=> 1} 2)"],
		["if (a) { 1 } else { 2 }", "(if-value a {=> 1} else {=> 2})"],
		[
			"if a { 1 } else if (b) { 2 } else { 3 }",
			"(if-value a {=> 1} else-if {=> (if-value b {=> 2} else {=> 3})})",
		],
		["{ if (a) { 1 } else { 2 } }", "{=> (if-value a {=> 1} else {=> 2})}"],
		["{ if (a) { 1 } 2 }", "{(if a {1}) => 2}"],
		["{ { 1 } }", "{=> {=> 1}}"],
		["{ { 1 } 2; }", "{{1} 2}"],
	]);
});

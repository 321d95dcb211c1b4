import { describe, expect, test } from "vitest";
import { ScriptParser } from "../../grammar/parser.ts";
import { spanText } from "../../src/base/source.ts";
import { parseSound } from "./parsing.ts";
import { scriptSexpr } from "./sexpr.ts";

function table(rows: readonly (readonly [string, string])[]): void {
	test.each(rows)("%s", (text, tree) => {
		expect(scriptSexpr(parseSound(text))).toBe(tree);
	});
}

test("the grammar has no ambiguity and no left recursion", () => {
	expect(() => new ScriptParser(true)).not.toThrow();
});

describe("probes", () => {
	table([
		["BEGIN { }", "(probe BEGIN {})"],
		["begin{}end{}", "(probe begin {}) (probe end {})"],
		["kprobe:vfs_*+0x10 { }", "(probe kprobe[vfs_*+0x10] {})"],
		["t:a:b,t:c:d , k:e { }", "(probe t[a|b] t[c|d] k[e] {})"],
		["t:a:b,\nt:c:d,\n{ }", "(probe t[a|b] t[c|d] {})"],
		["t:a:b_{c,d*}{ }", "(probe t[a|b_{c,d*}] {})"],
		["t:a:{b,c}_d/1/{ }", "(probe t[a|{b,c}_d] (if 1) {})"],
		[
			"t:a:b ?? kprobe:c, k:d??k:e { }",
			"(probe (?? t[a|b] kprobe[c]) (?? k[d] k[e]) {})",
		],
		[
			'uprobe:/bin/bash:"a::b(int, char)" { }',
			'(probe uprobe[/bin/bash|"a::b(int, char)"] {})',
		],
		['uprobe:/a/b:cpp:"x\\"y" { }', '(probe uprobe[/a/b|cpp|"x"y"] {})'],
		["uprobe:./x:f+8 { }", "(probe uprobe[./x|f+8] {})"],
		["uprobe:/bin/*:f { }", "(probe uprobe[/bin/*|f] {})"],
		["uprobe:/a#b:f { }", "(probe uprobe[/a#b|f] {})"],
		["uprobe:/bin/x@f.c:7:2 { }", "(probe uprobe[/bin/x|@|f.c|7|2] {})"],
		["usdt:./x:ns:probe { }", "(probe usdt[./x|ns|probe] {})"],
		["iter:task:/sys/fs/bpf/x { }", "(probe iter[task|/sys/fs/bpf/x] {})"],
		["watchpoint:0x10:8:rw { }", "(probe watchpoint[0x10|8|rw] {})"],
		["interval:10ms { }", "(probe interval[10ms] {})"],
		["profile:hz:99 { }", "(probe profile[hz|99] {})"],
		["hello=k:f { }", "(probe hello=k[f] {})"],
		["uprobe:$1:a$2 { }", "(probe uprobe[$1|a$2] {})"],
		['k:$1"x" { }', "(probe k[$1x] {})"],
		["*:f { }", "(probe *[f] {})"],
	]);
});

describe("predicates", () => {
	table([
		["k:f /pid == 1/ { }", "(probe k[f] (if (== pid 1)) {})"],
		["k:f\n/ a / b /\n{ }", "(probe k[f] (if (/ a b)) {})"],
		["k:f/pid == 1/ { }", "(probe k[f] (if (== pid 1)) {})"],
		["u:/a/b:f /1/ { }", "(probe u[/a/b|f] (if 1) {})"],
		["u:/a:go/x.f { }", "(probe u[/a|go/x.f] {})"],
		["u:/a:go/x.f /1/ { }", "(probe u[/a|go/x.f] (if 1) {})"],
		["BEGIN /1/ { }", "(probe BEGIN (if 1) {})"],
		["k:f / *$p / { }", "(probe k[f] (if (* $p)) {})"],
		["k:f /{ 1 }/ { }", "(probe k[f] (if {=> 1}) {})"],
		["k:f /1/ // why\n{ }", "(probe k[f] (if 1) {})"],
		["k:f, /1/ { }", "(probe k[f] (if 1) {})"],
		["k:f { 4 / 2 }", "(probe k[f] {(/ 4 2)})"],
	]);
});

describe("other items", () => {
	table([
		[
			"#include <a.h>\nk:f { }",
			'(preprocessor "#include <a.h>") (probe k[f] {})',
		],
		[
			"#define A 1 \\\n  + 2\nk:f { }",
			'(preprocessor "#define A 1 \\\\\\n  + 2") (probe k[f] {})',
		],
		[
			"struct a { int x; } k:f { }",
			'(c-definition "struct a { int x; }") (probe k[f] {})',
		],
		[
			"struct a { struct { int b; } c; /* } */ char d; };",
			'(c-definition "struct a { struct { int b; } c; /* } */ char d; };")',
		],
		[
			"struct __attribute__((packed)) a { };",
			'(c-definition "struct __attribute__((packed)) a { };")',
		],
		[
			"struct a { } __attribute__((packed));",
			'(c-definition "struct a { } __attribute__((packed));")',
		],
		[
			"struct a; union b { int c; }",
			'(c-definition "struct a;") (c-definition "union b { int c; }")',
		],
		[
			"typedef struct { int x; } a_t;",
			'(c-definition "typedef struct { int x; } a_t;")',
		],
		["enum { A = '}', B };", "(c-definition \"enum { A = '}', B };\")"],
		[
			'config = { a = 1; b = "x"; c = true; d = perf }',
			'(config (a 1) (b "x") (c true) (d perf))',
		],
		["config = {}", "(config)"],
		['import "a.bt"; import "b.h";', '(import "a.bt") (import "b.h")'],
		[
			"let @a = hash(5); let @b; let @c = lruhash(2)",
			"(map a hash 5) (map b) (map c lruhash 2)",
		],
		["let @a = hash(5) k:f { }", "(map a hash 5) (probe k[f] {})"],
		[
			"macro f($a, @b, c) { $a = c; @b }",
			"(macro f (variable:a map:b expression:c) {(= $a c) => @b})",
		],
		["macro f() { g(); }", "(macro f () {(call g)})"],
		["macro f { 1 }", "(macro f () {=> 1})"],
		[
			"macro f(x) { if (x) { 1 } else { 2 } }",
			"(macro f (expression:x) {=> (if-value x {=> 1} else {=> 2})})",
		],
		[
			"fn f($a: uint8, $b : struct x *): void { return; }",
			"(fn f (a:<uint8> b:<struct x*>) <void> {(return)})",
		],
	]);
});

test("a shebang and comments are kept", () => {
	const script = parseSound(
		"#!/usr/bin/env kask\n// a\nk:f { /* b\n */ } // c\n",
	);
	expect(script.shebang).toBe("#!/usr/bin/env kask");
	expect(script.comments.map(({ text, ownLine }) => [text, ownLine])).toEqual([
		["// a", true],
		["/* b\n */", false],
		["// c", false],
	]);
});

test("spans cover what was written", () => {
	const text = 'n=uprobe:/x:"f" /pid == 1/ { @x[1] = (1 + 2) * 3; }';
	const [item] = parseSound(text).items;
	if (item?.kind !== "probe") throw new Error("no probe");
	expect(spanText(item.span)).toBe(text);
	const [point] = item.specs[0]?.alternatives ?? [];
	expect(point?.name && spanText(point.name.span)).toBe("n");
	expect(point && spanText(point.provider.span)).toBe("uprobe");
	expect(point?.parts.map((part) => spanText(part.span))).toEqual([
		"/x",
		'"f"',
	]);
	expect(item.predicate && spanText(item.predicate.span)).toBe("pid == 1");
	const [assign] = item.body.statements;
	if (assign?.kind !== "assign" || assign.value.kind !== "binary")
		throw new Error("no assignment");
	expect(spanText(assign.span)).toBe("@x[1] = (1 + 2) * 3");
	expect(spanText(assign.target.span)).toBe("@x[1]");
	expect(spanText(assign.value.span)).toBe("(1 + 2) * 3");
	expect(spanText(assign.value.operatorSpan)).toBe("*");
	expect(spanText(assign.value.left.span)).toBe("1 + 2");
});

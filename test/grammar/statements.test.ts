import { describe, expect, test } from "vitest";
import { statementsOf } from "./parsing.ts";

function table(rows: readonly (readonly [string, string])[]): void {
	test.each(rows)("%s", (text, tree) => {
		expect(statementsOf(text)).toBe(tree);
	});
}

describe("simple statements", () => {
	table([
		["", ""],
		["f();", "(call f)"],
		["f()", "(call f)"],
		["1", "1"],
		["@x++", "(_++ @x)"],
		["@x++; @y", "(_++ @x) @y"],
		[";;f();;", "(call f)"],
		["$x = 1", "(= $x 1)"],
		["@x[1] += 2;", "(+= (@x 1) 2)"],
		["$x <<= 1; $x >>= 1; $x ^= 1;", "(<<= $x 1) (>>= $x 1) (^= $x 1)"],
		["_ = f();", "(= _ (call f))"],
		["let $x;", "(let x)"],
		["let $x = 1;", "(let x 1)"],
		["let $x: uint8 = 1;", "(let x :<uint8> 1)"],
		["let $x : struct a *;", "(let x :<struct a*>)"],
		["let $x: (int32, string[4]);", "(let x :<(tuple <int32> <string[4]>)>)"],
		['import "a.bt";', '(import "a.bt")'],
		["return;", "(return)"],
		["return 1 + 2", "(return (+ 1 2))"],
		["break; continue", "(break) (continue)"],
		["$x.y == 1;", "(== (. $x y) 1)"],
		["/*a*/ f(/*b*/); // c\n g();", "(call f) (call g)"],
	]);
});

describe("statements with blocks", () => {
	table([
		["if (a) { f(); }", "(if a {(call f)})"],
		["if (a) { f() } g();", "(if a {(call f)}) (call g)"],
		["if (a) { 1 };", "(if a {1})"],
		["if a { } else { }", "(if a {} else {})"],
		["if !a { }", "(if (! a) {})"],
		[
			"if (a) { 1 } else if (b) { 2 } else { 3 }",
			"(if a {1} else-if {(if b {2} else {3})})",
		],
		["if comptime (a) { }", "(comptime-if a {})"],
		["if comptime f(a) { }", "(comptime-if (call f a) {})"],
		["comptime if (a) { 1 } else { 2 }", "(comptime-if a {1} else {2})"],
		["while ($x < 3) { $x++; }", "(while (< $x 3) {(_++ $x)})"],
		["while !$a { }", "(while (! $a) {})"],
		["unroll(5) { f(); }", "(unroll 5 {(call f)})"],
		["unroll $1 { f() }", "(unroll $1 {(call f)})"],
		["for ($kv : @map) { f($kv); }", "(for kv @map {(call f $kv)})"],
		["for $i : 0..10 { }", "(for i (.. 0 10) {})"],
		["for ($i : $a.b..(1 + 2)) { }", "(for i (.. (. $a b) (+ 1 2)) {})"],
		["{ $a = 1; { $b = 2 } } f()", "{(= $a 1) {(= $b 2)}} (call f)"],
		["({ 1 });", "{=> 1}"],
	]);
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { formatScript } from "../../grammar/format.ts";
import { parseSound, withoutSpans } from "./parsing.ts";

/** Formats, and checks what must hold for every script: the same tree, all comments, and nothing to do a second time. */
function format(text: string): string {
	const script = parseSound(text);
	const formatted = formatScript(script);
	const again = parseSound(formatted);
	expect(withoutSpans(again)).toEqual(withoutSpans(script));
	const lines = (comments: readonly { text: string }[]) =>
		comments.flatMap((comment) =>
			comment.text.split("\n").map((line) => line.trim()),
		);
	expect(lines(again.comments)).toEqual(lines(script.comments));
	expect(formatScript(again)).toBe(formatted);
	return formatted;
}

describe("expressions keep the parentheses they need", () => {
	test.each([
		["(1+2)*3", "(1 + 2) * 3"],
		["(1*2)+3", "1 * 2 + 3"],
		["1-(2-3)", "1 - (2 - 3)"],
		["(a?b:c)?d:e", "(a ? b : c) ? d : e"],
		["a?b:(c?d:e)", "a ? b : c ? d : e"],
		["a?:b", "a ?: b"],
		["-(-1)", "- -1"],
		["-(--$x)", "- --$x"],
		["!(a&&b)", "!(a && b)"],
		["(*$p).x", "(*$p).x"],
		["((struct a*)b)->c", "((struct a *)b)->c"],
		["(struct a*)b->c", "(struct a *)b->c"],
		["(foo)(-1)", "(foo)(-1)"],
		["(uint8)(-1)", "(uint8)-1"],
		["(int8[4]*)x", "(int8[4] *)x"],
		["(@x)[1]", "(@x)[1]"],
		["@x[1,2]", "@x[1, 2]"],
		["@x[(1,2)]", "@x[(1, 2)]"],
		["(1,)", "(1,)"],
		["(a=1,b=2)", "(a = 1, b = 2)"],
		["sizeof((a)[1])", "sizeof((a[1]))"],
		["sizeof((uint8))", "sizeof((uint8))"],
		["sizeof((typeof(x)))", "sizeof((typeof(x)))"],
		["sizeof(struct a*)", "sizeof(struct a *)"],
		["offsetof(struct a,b.c)", "offsetof(struct a, b.c)"],
		["comptime (a+b)", "comptime (a + b)"],
		["f!(1,2)", "f!(1, 2)"],
		[
			"{f();1}+2",
			"{\n\t\tf();\n\t\t1\n\t} + 2".replace(/^\{/, "({").replace("} +", "}) +"),
		],
		["1_000+0x1F+10ms", "1_000 + 0x1F + 10ms"],
	])("%s", (text, formatted) => {
		expect(format(`k:f{$r=${text}}`)).toBe(`k:f {\n\t$r = ${formatted};\n}\n`);
	});
});

test("the canonical style", () => {
	const text = `#!/usr/bin/env kask
/*
   * What it does.
 */
#include <a.h>
#define A 1
struct s { int x; };


config={a=1;b=perf}
let @m=hash(5)
macro inc($x,@m,e){$x+=e;@m}
fn f($a:uint8):void{return}
BEGIN{printf("hi\\n")}  // greet
// Counts.
tracepoint:a:b,t:c:d ?? k:e /pid==1/
{
  @=count();   // one


  if(a){f()}else if(b){g()}else{h()} /* two */
  for($i:0..10){ // three
    break }
  while(1){unroll(5){}}
  // last
}`;
	expect(format(text)).toBe(`#!/usr/bin/env kask
/*
 * What it does.
 */
#include <a.h>
#define A 1
struct s { int x; };

config = {
	a = 1;
	b = perf;
}

let @m = hash(5);

macro inc($x, @m, e) {
	$x += e;
	@m
}

fn f($a: uint8): void {
	return;
}

BEGIN {
	printf("hi\\n");
} // greet

// Counts.
tracepoint:a:b, t:c:d ?? k:e /pid == 1/ {
	@ = count(); // one

	if (a) {
		f();
	} else if (b) {
		g();
	} else {
		h();
	} /* two */
	for ($i : 0..10) { // three
		break;
	}
	while (1) {
		unroll (5) {}
	}
	// last
}
`);
});

describe("nothing is lost", () => {
	test.each([
		"k:f { f(1, // why\n 2); // and\n /* a */ g(/* b */); }",
		"k:f, // first\nk:g /* second */ { }",
		"k:f { // after the brace\n}",
		"k:f { if (a) { } // between\n else { } }",
		"// only a comment at the top\n\n// and another\nk:f { }\n// at the end",
		"k:f { $x = { /* in a block */ 1 }; }",
		"config = { // here\n a = 1 // there\n ; }\nk:f { }",
		"k:f { comptime if (a) { 1 } else { 2 } ({ 1 }); }",
		"macro m() { if (a) { 1 } else if (b) { 2 } else { 3 } }",
		"macro m() { if (a) { 1 } }",
		"macro m() { ({ f(); }) }",
		"k:f / *$p == 1 / { }",
		"k:f /{ 1 } == 1/ { }",
		'u:"/a b":"f(int)",u:/x@f.c:7,n=k:"a"$1 { }',
		"#define A 1 \\\n  + 2\n\nk:f { }",
		'k:f { let $x: (int32, string[4]) = (1, "a"); let $y: typeof(*$x) *; }',
		'k:f { _ = f(); import "a.bt"; return 1; }',
		`${Array.from({ length: 20 }, (_, i) => `tracepoint:syscalls:name_${i}`).join(",")} { }`,
	])("%s", (text) => {
		format(text);
	});
});

const examples = join(import.meta.dirname, "../../examples");
test.each(readdirSync(examples).filter((name) => name.endsWith(".bt")))(
	"%s",
	(name) => {
		format(readFileSync(join(examples, name), "utf8"));
	},
);

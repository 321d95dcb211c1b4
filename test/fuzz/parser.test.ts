// The parser never throws and always ends, whatever it is given; what it accepts, the formatter prints back.
import { describe, expect, test } from "vitest";
import { formatScript } from "../../grammar/format.ts";
import { parse, withoutSpans } from "../grammar/parsing.ts";
import { randomFrom } from "./random.ts";

const seeds = [
	'#!/usr/bin/env kask\n#include <a.h>\nstruct s { int x[4]; };\nBEGIN { printf("%d\\n", 1_000); }\n',
	'config = { a = 1; b = "x" }\nlet @m = hash(5);\nimport "x.bt";\n',
	'kprobe:vfs_*+0x10, uprobe:/bin/x:"a::b(int)" ?? t:a:b /pid == 1 && comm != "x"/ { @x[pid, comm] = count(); }',
	"macro f($a, @b, c) { if (c) { $a = { 1 + 2 } } else if (d) { 3 } else { (1, (x = 2)) } }",
	"k:f { for ($i : 0..10) { while ($i < 3) { unroll(5) { @++; break } } } return; }",
	"k:f { $s = (struct s *)arg0; $t = $s->x[1].0 ? -1 : sizeof(struct s); let $u: uint8[4] = *(uint8 *)$t; }",
	"fn f($a: uint8): void { _ = g!(typeof($a), offsetof(struct s, x.y)) }\nEND { clear(@m) }\n",
];
/** Pieces that mean something to the lexer or the parser. */
const pieces = [
	...[
		"{",
		"}",
		"(",
		")",
		"[",
		"]",
		";",
		",",
		":",
		"?",
		"??",
		"/",
		"/*",
		"*/",
		"//",
		"'",
		'"',
		"\\",
		"\n",
	],
	...[
		"#",
		"@",
		"$",
		"$#",
		"..",
		".",
		"->",
		"=",
		"==",
		"++",
		"-",
		"*",
		"&",
		"<<=",
		"!",
		"0x",
		"1e9",
		"9ms",
	],
	...[
		"if",
		"else",
		"for",
		"while",
		"let",
		"macro",
		"fn",
		"config",
		"import",
		"struct",
		"comptime",
	],
	...[
		"kprobe:f",
		"BEGIN",
		"typeof(",
		"(int8)",
		"\u0000",
		"\u00e9",
		"\ud83d",
		"\ufeff",
	],
];

/** Cuts out, doubles, swaps or inserts a few times. */
function mutate(text: string, random: (below: number) => number): string {
	let result = text;
	for (let times = 1 + random(6); times > 0; times--) {
		const from = random(result.length + 1);
		const to = Math.min(result.length, from + random(20));
		const cut = result.slice(from, to);
		const piece = pieces[random(pieces.length)] ?? "";
		const other = seeds[random(seeds.length)] ?? "";
		const inserts = [
			"",
			piece,
			cut + cut,
			piece + cut,
			other.slice(random(other.length)),
		];
		result =
			result.slice(0, from) +
			(inserts[random(inserts.length)] ?? "") +
			result.slice(to);
	}
	return result;
}

function check(text: string): void {
	const { script, found } = parse(text);
	for (const { span } of found) {
		expect(
			span &&
				span.start >= 0 &&
				span.start <= span.end &&
				span.end <= text.length + 1,
		).toBe(true);
	}
	if (found.length > 0) return;
	const again = parse(formatScript(script));
	expect(again.found).toEqual([]);
	expect(withoutSpans(again.script)).toEqual(withoutSpans(script));
}

describe("mutated scripts", () => {
	test.each([1, 2, 3, 4])("seed %i", (seed) => {
		const random = randomFrom(seed);
		for (let i = 0; i < 1500; i++) {
			const text = mutate(seeds[random(seeds.length)] ?? "", random);
			try {
				check(text);
			} catch (error) {
				throw new Error(`on ${JSON.stringify(text)}`, { cause: error });
			}
		}
	});
});

test("every start of a script", () => {
	for (const seed of seeds) {
		for (let end = 0; end <= seed.length; end++) check(seed.slice(0, end));
	}
});

test("rows of one piece", () => {
	for (const piece of pieces) {
		for (const text of [piece.repeat(3000), `k:f { ${piece.repeat(3000)}`])
			check(text);
	}
});

// No text of a script reaches C as anything but text: strings, names, parameters and file names that would end a
// literal, a comment or a line come out as they were written.
import { describe, expect, test } from "vitest";
import type { MapContents } from "../../runtime/maps/read.ts";
import { Diagnostics } from "../../src/base/diagnostics.ts";
import { Source } from "../../src/base/source.ts";
import { compileToC } from "../../src/commands/compile.ts";
import { testRequest } from "../semantic/check-text.ts";
import { randomFrom } from "./random.ts";
import { load, runBegin } from "./run-script.ts";

const odd = [
	"plain",
	'a "quoted" word',
	"back\\slash and \\n that is no line end",
	'"); EVIL(); ("',
	"*/ EVIL /*",
	"// EVIL",
	"??/ ??= ??' EVIL",
	"%d %s %n %% EVIL",
	"two\nlines\n#error EVIL\n",
	"\ttab\rreturn\x07bell\x7f",
	"#define EVIL",
	"`EVIL` $(EVIL) ' ;",
	"ü € 😀 \u202e \ufeff",
	"\\",
	'\\\\"',
	"{ } ; , __asm__",
	"x".repeat(150),
	"",
];

const letters = [
	'"',
	"\\",
	"\n",
	"*",
	"/",
	"?",
	"%",
	"'",
	"#",
	"{",
	"}",
	";",
	"0",
	"7",
	"x",
	"n",
	"u",
	" ",
	"ü",
	"😀",
	"\u0001",
];

/** Texts by chance, of what means something to C. */
function chance(seed: number, count: number): readonly string[] {
	const random = randomFrom(seed);
	return Array.from({ length: count }, () =>
		Array.from(
			{ length: random(24) },
			() => letters[random(letters.length)],
		).join(""),
	);
}

/** As a script writes it. */
function quote(text: string): string {
	const escaped = text.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n");
	const controls = /\p{Cc}/gu;
	const hex = (c: string) =>
		`\\x${c.charCodeAt(0).toString(16).padStart(2, "0")}`;
	return `"${escaped.replace(controls, hex)}"`;
}

/** Text values under one-byte keys. */
function textsOf(map: MapContents | undefined): readonly string[] {
	const found: string[] = [];
	if (!map) return found;
	const { keys, values, count, keySize, valueSize, valueStride } = map;
	for (let i = 0; i < count; i++) {
		const bytes = values.subarray(i * valueStride, i * valueStride + valueSize);
		const end = bytes.indexOf(0);
		found[keys[i * keySize] ?? 0] = Buffer.from(
			bytes.subarray(0, end < 0 ? undefined : end),
		).toString("utf8");
	}
	return found;
}

const seed = Number(process.env.KASK_FUZZ_SEED ?? 1);

describe("text comes out as it was written", () => {
	test.each([
		["odd", odd],
		["made up", chance(seed, 40)],
	])("%s", (_, texts) => {
		const lines = texts.map((t, i) => `@s[${i}] = ${quote(t)};`);
		const maps = runBegin(`begin {\n${lines.join("\n")}\n}`);
		expect(textsOf(maps.get("s"))).toEqual(texts);
	});

	test("and is equal to itself alone", () => {
		const lines = odd.map(
			(t, i) =>
				`$s = ${quote(t)}; $o = ${quote(`${t}!`)}; @s[${i}] = $s == ${quote(t)} && $s != $o ? "same" : "not";`,
		);
		for (let i = 0; i < lines.length; i += 6) {
			const script = `begin {\n${lines
				.slice(i, i + 6)
				.map((l) => `{ ${l} }`)
				.join("\n")}\n}`;
			const found = textsOf(runBegin(script).get("s")).filter(Boolean);
			expect(found).toEqual(found.map(() => "same"));
		}
	});

	test.each(odd.filter((t) => t !== ""))("as a parameter: %j", (text) => {
		const maps = runBegin("begin { @s[0] = str($1, 200); }", "fuzz.bt", [text]);
		expect(textsOf(maps.get("s"))).toEqual([text]);
	});

	test("from a #define", () => {
		const script = `#define TEXT "a \\"b\\" *\\/ %d ??/ \\\\ EVIL"\nbegin { @s[0] = TEXT; }`;
		expect(textsOf(runBegin(script).get("s"))).toEqual([
			'a "b" */ %d ??/ \\ EVIL',
		]);
	});
});

test.each(odd)("formats and messages: %j", (text) => {
	const format = quote(text.replaceAll("%", "%%"));
	load(
		`begin { printf(${format}); print(${quote(text)}); errorf(${format}); @[${quote(text)}] = count(); }`,
	);
});

/** C without its string literals and comments. */
function bare(c: string): string {
	return c.replace(/"(?:\\.|[^"\\\n])*"|\/\*[\s\S]*?\*\/|\/\/.*/g, "");
}

function cOf(script: string, name: string): string {
	const diagnostics = new Diagnostics();
	const request = testRequest(new Source(name, script), diagnostics);
	return compileToC(request)?.c ?? "";
}

test.each(odd)("nothing of it is seen by C: %j", (text) => {
	const script = `// EVIL ${text.replaceAll("\n", " ")}\nbegin {\n@[${quote(text)}] = ${quote(text)};\nprintf("%s", ${quote(text)});\n}`;
	const c = cOf(script, `${text}.bt`);
	expect(c).not.toBe("");
	expect(bare(c)).not.toContain("EVIL");
	// Trigraphs and line ends would end a literal before its quote.
	expect(
		c
			.split("\n")
			.filter((l) => (l.match(/(?<!\\)(?:\\\\)*"/g) ?? []).length % 2 === 1),
	).toEqual([]);
});

const names = [
	..."int char static register inline asm volatile typedef goto default signed _Bool __attribute__".split(
		" ",
	),
	..."main ctx event ring key cell scratch value LICENSE u64 s64 NULL memcpy bpf_map_lookup_elem SEC true".split(
		" ",
	),
];

test.each(names)("any name will do: %s", (name) => {
	const language = ["true", "default", "static", "inline"];
	const fn = language.includes(name) ? "f" : name;
	load(`fn ${fn}($${name}: int64): int64 { return $${name} + 1; }
begin { $${name} = 5; @${name}[$${name}] = ${fn}($${name}); for ($${name} : @${name}) { print($${name}.0); } }`);
});

test.each(['a"b.bt', "a\\b.bt", "a\nb.bt", "a*/b.bt", "%s ??/.bt", "ü.bt"])(
	"a script may be called %j",
	(name) => {
		const maps = runBegin('begin { @s[0] = "fine"; }', name);
		expect(textsOf(maps.get("s"))).toEqual(["fine"]);
	},
);

// `kask help` knows all that a script may be made of, and its examples compile.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keywords } from "../../grammar/tokens.ts";
import { languageWords } from "../../grammar/words.ts";
import { Diagnostics, formatDiagnostic } from "../../src/base/diagnostics.ts";
import { Source } from "../../src/base/source.ts";
import { helpText } from "../../src/commands/help.ts";
import { toldVariables } from "../../src/commands/help-language.ts";
import { checkText } from "./check-text.ts";

const manual = readFileSync(
	join(import.meta.dirname, "../../docs/language.md"),
	"utf8",
).split("\n");

const complaints = (diagnostics: Diagnostics) =>
	diagnostics.all.map((d) => formatDiagnostic(d)).join("\n");

function help(name: string): string {
	const diagnostics = new Diagnostics();
	const text = helpText(name, diagnostics);
	return `${text}${complaints(diagnostics)}`;
}

function exampleOf(text: string): string {
	return text.slice(text.indexOf("Example:\n") + "Example:\n".length);
}

test("each keyword is told", () => {
	const told = new Set(languageWords.flatMap(({ names }) => names));
	const missing = [...keywords.keys()].filter((word) => !told.has(word));
	expect(missing).toEqual([]);
});

for (const { names, example } of languageWords)
	test(`the example of ${names[0]} compiles`, () => {
		const diagnostics = new Diagnostics();
		checkText(new Source("help.bt", `${example}\n`), diagnostics);
		expect(complaints(diagnostics)).toBe("");
		for (const name of names) expect(help(name)).toContain("Example:\n");
	});

for (const { name, initial, about = "" } of toldVariables)
	test(`${name} is told, here and in the manual`, () => {
		const diagnostics = new Diagnostics();
		const text = help(name);
		checkText(new Source("help.bt", exampleOf(text)), diagnostics);
		expect(complaints(diagnostics)).toBe("");
		expect(help(`KASK_${name.toUpperCase()}`)).toBe(text);
		const row =
			manual.find(
				(line) => line.startsWith("|") && line.includes(`\`${name}\``),
			) ?? "";
		expect(row).toContain(` ${about} `);
		if (!name.startsWith("unstable_"))
			expect(row.replaceAll("`", "")).toContain(`| ${initial} `);
	});

test("names as they stand in a script", () => {
	expect(help("printf()")).toBe(help("printf"));
	expect(help("hist(args.ret)")).toBe(help("hist"));
	expect(help("@start")).toBe(help("@"));
	expect(help("$x")).toBe(help("$"));
});

test("what is no name of the language", () => {
	expect(help("biolatency")).toContain("help: kask biolatency --help");
	expect(help("learn")).toContain("help: kask learn --help");
	expect(help("doctor")).toContain("help: kask --help");
	expect(help("whlie")).toContain("help: did you mean while?");
	expect(help("max_map_key")).toContain("help: did you mean max_map_keys?");
});

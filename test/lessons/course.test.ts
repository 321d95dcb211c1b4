// Folders of lessons: the shipped ones, and ones with a mistake in them.
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parseScript } from "../../grammar/parse.ts";
import { Diagnostics } from "../../src/base/diagnostics.ts";
import { Source } from "../../src/base/source.ts";
import { lessonDirectory } from "../../src/commands/install.ts";
import {
	findEntry,
	listCourse,
	readLesson,
	readWrongAnswers,
} from "../../src/lessons/course.ts";

const folder = mkdtempSync(join(tmpdir(), "kask-lessons-"));
afterAll(() => rmSync(folder, { recursive: true }));

const guide = "# T\n\nidea\n\n## Exercise\n\ndo\n\n## Hints\n\n- a\n  b\n- c\n";
const definition = {
	demo: {},
	check: { expect: [{ what: "lines", printed: "x", is: 1 }] },
};
const whole: Readonly<Record<string, string>> = {
	"lesson.md": guide,
	"lesson.json": JSON.stringify(definition),
	"demo.bt": "begin { }",
	"solution.bt": "begin { }",
};

let made = 0;

/** What is said of a lesson that differs from a whole one in these files. */
function complaints(files: Readonly<Record<string, string | undefined>>) {
	const parent = join(folder, String(made++));
	for (const [name, text] of Object.entries({ ...whole, ...files })) {
		if (text === undefined) continue;
		const path = join(parent, "01-one", name);
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, text);
	}
	const diagnostics = new Diagnostics();
	const entry = listCourse("", parent)[0];
	if (!entry) throw new Error("no lesson");
	const lesson = readLesson(entry, diagnostics);
	if (lesson) readWrongAnswers(lesson, diagnostics);
	return { lesson, said: diagnostics.all.map((d) => `${d.code} ${d.text}`) };
}

const withCheck = (check: object) =>
	JSON.stringify({ demo: {}, check: { ...definition.check, ...check } });

test("a whole lesson is read", () => {
	const { lesson, said } = complaints({ "wrong/a.bt": "// told: no\n" });
	expect(said).toEqual([]);
	expect(lesson?.guide).toMatchObject({ title: "T", hints: ["a\nb", "c"] });
});

describe("of a broken lesson is said:", () => {
	test.each<[string, Readonly<Record<string, string | undefined>>]>([
		["it has no demo.bt", { "demo.bt": undefined }],
		["it has no solution.bt", { "solution.bt": undefined }],
		["it has no lesson.json", { "lesson.json": undefined }],
		["begins with a title", { "lesson.md": "idea" }],
		["tells no idea", { "lesson.md": guide.replace("idea", "") }],
		["has no ## Exercise", { "lesson.md": guide.replace("do\n", "\n") }],
		["has no ## Hints", { "lesson.md": guide.replaceAll("- ", "") }],
		["has the heading Hint;", { "lesson.md": guide.replace("Hints", "Hint") }],
		["lesson.json is no JSON", { "lesson.json": "{" }],
		["check.expect: Too small", { "lesson.json": withCheck({ expect: [] }) }],
		[
			"says is, atLeast or atMost",
			{ "lesson.json": withCheck({ expect: [{ what: "x" }] }) },
		],
		[
			"this is not a regular expression",
			{
				"lesson.json": withCheck({
					expect: [{ what: "x", printed: "(", is: 1 }],
				}),
			},
		],
		[
			'Unrecognized key: "keyz"',
			{
				"lesson.json": withCheck({ expect: [{ what: "x", keyz: "(", is: 1 }] }),
			},
		],
		["wrong/a.bt does not begin with // told:", { "wrong/a.bt": "begin { }" }],
	])("%s", (words, files) => {
		const { said } = complaints(files);
		expect(said).toHaveLength(1);
		expect(said[0]).toMatch(/^E0841 /);
		expect(said[0]).toContain(words);
	});
});

const shipped = listCourse(lessonDirectory(), undefined).filter(({ folder }) =>
	folder.startsWith(lessonDirectory()),
);

test("lessons are found by number and by name", () => {
	const diagnostics = new Diagnostics();
	const find = (name: string) => findEntry(shipped, name, diagnostics)?.number;
	expect(find("2")).toBe(2);
	expect(find("02-events")).toBe(2);
	expect(find("events")).toBe(2);
	expect(diagnostics.all).toEqual([]);
	expect(find("0")).toBeUndefined();
	expect(find("event")).toBeUndefined();
	expect(diagnostics.all.map((d) => [d.code, d.help])).toEqual([
		["E0842", "kask learn list shows them"],
		["E0842", "did you mean events?"],
	]);
});

describe("the shipped lesson", () => {
	test.each(shipped.map((entry) => [entry.name, entry] as const))(
		"%s is whole",
		(name, entry) => {
			const diagnostics = new Diagnostics();
			const lesson = readLesson(entry, diagnostics);
			if (!lesson) throw new Error(diagnostics.all[0]?.text);
			const wrong = readWrongAnswers(lesson, diagnostics);
			expect(wrong.length).toBeGreaterThan(1);
			expect(lesson.guide.look).not.toBe("");
			expect(lesson.guide.why).not.toBe("");
			for (const text of [lesson.demo, lesson.solution])
				parseScript(new Source(name, text), diagnostics);
			expect(diagnostics.all).toEqual([]);
			expect(existsSync(lesson.recording)).toBe(true);
			expect(statSync(lesson.recording).size).toBeLessThan(50_000);
			const at = Number.parseInt(name, 10);
			expect(at).toBe(entry.number);
			expect(readFileSync(lesson.recording)[0]).toBe(0x1f);
		},
	);
});

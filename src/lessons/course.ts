// Finds the lessons, and reads one: a folder with lesson.md, lesson.json and scripts. examples/lessons/README.md tells
// teachers what they hold.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import type { z } from "zod";
import type { Diagnostics } from "../base/diagnostics.ts";
import { nearestName } from "../base/suggest.ts";
import { type Guide, readGuide } from "./guide.ts";
import { type Definition, lessonSchema } from "./schema.ts";

/** A lesson's place in the course. */
export interface Entry {
	/** From 1 on. */
	readonly number: number;
	/** The folder's name: 05-count. */
	readonly name: string;
	readonly folder: string;
}

export interface Lesson extends Entry {
	readonly guide: Guide;
	readonly definition: Definition;
	readonly demo: string;
	readonly solution: string;
	/** Where the run of the demo is kept; it may be missing while a lesson is written. */
	readonly recording: string;
}

/** A wrong answer that the lesson has something to say about. */
export interface WrongAnswer {
	readonly path: string;
	/** Words that the learner must be told. */
	readonly told: string;
}

/** The shipped lessons, then the user's own; or those of one folder. */
export function listCourse(
	shipped: string,
	from: string | undefined,
): readonly Entry[] {
	const config = process.env.XDG_CONFIG_HOME ?? join(homedir(), ".config");
	const folders =
		from === undefined ? [shipped, join(config, "kask", "lessons")] : [from];
	return folders
		.flatMap(lessonFolders)
		.map((folder, i) => ({ number: i + 1, name: basename(folder), folder }));
}

function lessonFolders(parent: string): readonly string[] {
	try {
		return readdirSync(parent, { withFileTypes: true })
			.filter((entry) => entry.isDirectory())
			.map((entry) => join(parent, entry.name))
			.filter((folder) => existsSync(join(folder, "lesson.md")))
			.sort();
	} catch {
		return [];
	}
}

/** By number, by folder name, or by that name without its number; reports when there is none. */
export function findEntry(
	course: readonly Entry[],
	wanted: string,
	diagnostics: Diagnostics,
): Entry | undefined {
	const short = (name: string) => name.replace(/^\d+-/, "");
	const found = /^\d+$/.test(wanted)
		? course[Number(wanted) - 1]
		: course.find(({ name }) => name === wanted || short(name) === wanted);
	if (found) return found;
	const near = nearestName(
		wanted,
		course.map(({ name }) => short(name)),
	);
	diagnostics.report(
		"E0842",
		{ name: wanted },
		near ? { help: `did you mean ${near}?` } : {},
	);
	return undefined;
}

/** Reports what is wrong with the folder. */
export function readLesson(
	entry: Entry,
	diagnostics: Diagnostics,
): Lesson | undefined {
	const { folder } = entry;
	const refuse = (why: string) => {
		diagnostics.report("E0841", { folder, why });
		return undefined;
	};
	const texts = ["lesson.md", "lesson.json", "demo.bt", "solution.bt"].map(
		(file) => readText(join(folder, file)),
	);
	const [markdown, json, demo, solution] = texts;
	if (markdown === undefined) return refuse("it has no lesson.md");
	if (json === undefined) return refuse("it has no lesson.json");
	if (demo === undefined) return refuse("it has no demo.bt");
	if (solution === undefined) return refuse("it has no solution.bt");
	const guide = readGuide(markdown);
	if (typeof guide === "string") return refuse(guide);
	const definition = readDefinition(json);
	if (typeof definition === "string") return refuse(definition);
	const recording = join(folder, "demo.rec");
	return { ...entry, guide, definition, demo, solution, recording };
}

function readText(path: string): string | undefined {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return undefined;
	}
}

function readDefinition(json: string): Definition | string {
	let data: unknown;
	try {
		data = JSON.parse(json);
	} catch (error) {
		return `lesson.json is no JSON: ${error instanceof Error ? error.message : error}`;
	}
	const parsed = lessonSchema.safeParse(data);
	return parsed.success ? parsed.data : describeIssue(parsed.error);
}

function describeIssue({ issues: [issue] }: z.ZodError): string {
	const place = issue?.path.join(".") ?? "";
	return `lesson.json${place === "" ? "" : `, ${place}`}: ${issue?.message}`;
}

/** `wrong/*.bt`, each with a first line `// told: words`; reports those without. */
export function readWrongAnswers(
	{ folder }: Entry,
	diagnostics: Diagnostics,
): readonly WrongAnswer[] {
	const place = join(folder, "wrong");
	if (!existsSync(place)) return [];
	const files = readdirSync(place).filter((file) => file.endsWith(".bt"));
	return files.sort().flatMap((file) => {
		const path = join(place, file);
		const told = /^\/\/ told: *(\S.*)/.exec(readText(path) ?? "")?.[1];
		if (told !== undefined) return [{ path, told: told.trim() }];
		const why = `wrong/${file} does not begin with // told: and the words that it is told`;
		diagnostics.report("E0841", { folder, why });
		return [];
	});
}

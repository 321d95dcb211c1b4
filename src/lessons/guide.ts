// The text of a lesson: lesson.md, cut at its headings.

export interface Guide {
	readonly title: string;
	readonly idea: string;
	/** What to look at in the output of the lesson's own script. */
	readonly look: string;
	readonly exercise: string;
	readonly hints: readonly string[];
	/** Why the solution is as it is. */
	readonly why: string;
}

const headings = ["Look", "Exercise", "Hints", "Why"] as const;
type Heading = (typeof headings)[number];

/** The guide, or what is wrong with it. */
export function readGuide(text: string): Guide | string {
	const [first = "", ...rest] = text.split(/^## +/m);
	const [, title, idea = ""] = /^# +([^\n]+)\n([\s\S]*)$/.exec(first) ?? [];
	if (title === undefined) return "lesson.md begins with a title: # Title";
	const sections = new Map<Heading, string>();
	for (const section of rest) {
		const [, name = "", body = ""] =
			/^([^\n]*)\n?([\s\S]*)$/.exec(section) ?? [];
		const heading = headings.find((h) => h === name.trim());
		if (!heading)
			return `lesson.md has the heading ${name.trim()}; there may be ${headings.join(", ")}`;
		sections.set(heading, body.trim());
	}
	const exercise = sections.get("Exercise") ?? "";
	const hints = readList(sections.get("Hints") ?? "");
	if (idea.trim() === "") return "lesson.md tells no idea below its title";
	if (exercise === "") return "lesson.md has no ## Exercise";
	if (hints.length === 0) return "lesson.md has no ## Hints, each after a dash";
	return {
		title: title.trim(),
		idea: idea.trim(),
		look: sections.get("Look") ?? "",
		exercise,
		hints,
		why: sections.get("Why") ?? "",
	};
}

/** The points of a list; what follows a point's first line belongs to it. */
function readList(text: string): readonly string[] {
	return text
		.split(/^- +/m)
		.slice(1)
		.map((point) => point.replace(/^ {2}/gm, "").trim());
}

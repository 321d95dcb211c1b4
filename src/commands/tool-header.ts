// What the comment at the head of a script says: its name and what it shows, how it is used, a sample of its output.
// examples/README.md tells writers of tools its form.

export interface ToolHeader {
	/** What the script shows, in one line; empty where no header says so. */
	readonly about: string;
	/** Lines of examples: what is typed, and what that does. */
	readonly examples: readonly string[];
}

const comment = /^(?:#![^\n]*\n)?\s*\/\*([\s\S]*?)\*\//;
const heading = /^([A-Z]{3,})(?: \([^)]*\))?:(.*)$/;
const exampleHeadings = new Set(["USAGE", "EXAMPLES"]);

export function readHeader(text: string): ToolHeader {
	const lines = (comment.exec(text)?.[1] ?? "")
		.split("\n")
		.map((line) => line.replace(/^ \* ?/, "").trimEnd());
	const start = lines.findIndex((line) => line !== "");
	const first = lines.slice(Math.max(start, 0));
	const end = first.indexOf("");
	const about = first
		.slice(0, end < 0 ? undefined : end)
		.join(" ")
		.replace(/^[\w.-]+: */, "");
	return { about, examples: readExamples(lines) };
}

/** The indented lines below USAGE and EXAMPLES. */
function readExamples(lines: readonly string[]): readonly string[] {
	const examples: string[] = [];
	let section = "";
	for (const line of lines) {
		const found = heading.exec(line);
		if (found) section = found[1] ?? "";
		else if (line !== "" && !/^\s/.test(line)) section = "";
		else if (exampleHeadings.has(section) && line !== "") examples.push(line);
	}
	return examples.map((line) => line.trim());
}

// A case for each shipped lesson: its solution is right on this kernel. test/kernel/lessons.test.ts tries the rest of it,
// and those lessons alone that are about time: an emulated machine is too slow for tables five times a second.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseCases, type TestCase } from "./case-file.ts";

const aboutTime = /^(10-interval|12-profile|19-options|20-biolatency)$/;

export function lessonCases(root: string): TestCase[] {
	const folder = join(root, "examples/lessons");
	const text = readdirSync(folder, { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && !aboutTime.test(entry.name))
		.map(({ name }) => caseText(folder, name))
		.sort();
	return parseCases("examples/lessons", text.join("\n"));
}

function caseText(folder: string, lesson: string): string {
	const { needs = [] }: { needs?: string[] } = JSON.parse(
		readFileSync(join(folder, lesson, "lesson.json"), "utf8"),
	);
	return [
		`name: ${lesson}`,
		...(needs.length > 0 ? [`needs: ${needs.join(" ")}`] : []),
		`args: learn ${lesson} --check ${folder}/${lesson}/solution.bt`,
		"match: ^Right: what came out is what happened.$",
		"timeout: 40",
		"",
	].join("\n");
}

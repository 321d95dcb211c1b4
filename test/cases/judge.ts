// Holds what a case printed against what it should have printed.
import type { TestCase } from "./case-file.ts";

/** What one run of kask left behind. */
export interface Observed {
	readonly stdout: string;
	readonly stderr: string;
	/** The exit code, or 128 + the signal's number as a shell tells it. */
	readonly exit: number;
}

function trimBlankLines(text: string): string {
	return text.replace(/^\n+/, "").replace(/\n+$/, "");
}

/** The expected lines that are not there in the given order; lines between them do not matter. */
function findMissing(expected: readonly string[], lines: string[]): string[] {
	let from = 0;
	return expected.filter((line) => {
		const at = lines.indexOf(line, from);
		if (at >= 0) from = at + 1;
		return at < 0;
	});
}

/** What is wrong, one line each; nothing when the case has passed. */
export function judge(test: TestCase, seen: Observed): string[] {
	const lines = seen.stdout.split("\n");
	const errors = seen.stderr.split("\n");
	const unmatched = (patterns: readonly RegExp[], among: string[]) =>
		patterns.filter((pattern) => !among.some((line) => pattern.test(line)));
	const complaints = [
		...findMissing(test.expect, lines).map(
			(line) => `expected, and not seen in this order: ${line}`,
		),
		...unmatched(test.match, lines).map((pattern) => `no line is ${pattern}`),
		...unmatched(test.stderr, errors).map(
			(pattern) => `no line of stderr is ${pattern}`,
		),
		...test.absent.flatMap((pattern) =>
			[...lines, ...errors]
				.filter((line) => pattern.test(line))
				.map((line) => `must not be seen (${pattern}): ${line}`),
		),
	];
	if (
		test.stdout !== undefined &&
		trimBlankLines(seen.stdout) !== trimBlankLines(test.stdout)
	) {
		complaints.push("stdout is not what the case says");
	}
	if (seen.exit !== test.exit) {
		complaints.push(`exit code ${seen.exit}, expected ${test.exit}`);
	}
	return complaints;
}

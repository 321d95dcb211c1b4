// The outcome of a list of cases on one kernel, as it is written to a file, printed and compared.

export interface CaseResult {
	/** file: name of the case. */
	readonly id: string;
	readonly outcome: "passed" | "failed" | "skipped";
	/** Why it failed or was skipped, or why it passed at the second try only, one line each. */
	readonly reasons: readonly string[];
	readonly seconds: number;
	/** What kask printed, kept for failures only. */
	readonly output?: string;
}

export interface KernelResults {
	readonly release: string;
	readonly results: readonly CaseResult[];
}

export interface Tally {
	readonly passed: number;
	readonly failed: number;
	readonly skipped: number;
}

export function countResults(results: readonly CaseResult[]): Tally {
	const count = (outcome: string) =>
		results.filter((result) => result.outcome === outcome).length;
	return {
		passed: count("passed"),
		failed: count("failed"),
		skipped: count("skipped"),
	};
}

function indent(text: string): string {
	return text.trimEnd().replaceAll(/^/gm, "    | ");
}

/** Lines about one case, as the person at the terminal reads them. */
export function describeResult(result: CaseResult): string {
	const seconds = result.seconds.toFixed(1);
	const head = `${result.outcome.padEnd(7)} ${result.id} (${seconds} s)`;
	const reasons = result.reasons.map((reason) => `    ${reason}`);
	const output = result.output ? [indent(result.output)] : [];
	return [head, ...reasons, ...output].join("\n");
}

/** The cases that no kernel of the matrix could run: nothing is known about them, and that is a failure. */
export function findNeverRun(kernels: readonly KernelResults[]): string[] {
	const ran = new Set<string>();
	const known = new Set<string>();
	for (const { results } of kernels) {
		for (const { id, outcome } of results) {
			known.add(id);
			if (outcome !== "skipped") ran.add(id);
		}
	}
	return [...known].filter((id) => !ran.has(id));
}

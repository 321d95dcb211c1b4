// Runs a list of cases, several at a time, and skips those that this kernel can't serve.
import { performance } from "node:perf_hooks";
import type { TestCase } from "./case-file.ts";
import type { Features } from "./features.ts";
import type { CaseResult } from "./results.ts";
import { runCase, type Settings } from "./run-case.ts";

/** A case together with the name it goes by in results. */
export interface ListedCase {
	readonly id: string;
	readonly test: TestCase;
}

/** A need that nobody has heard of is a spelling mistake, and no reason to skip. */
function checkNeeds(
	test: TestCase,
	features: Features,
): { missing: string[]; unknown: string[] } {
	return {
		missing: test.needs.filter((name) => features.get(name) === false),
		unknown: test.needs.filter((name) => !features.has(name)),
	};
}

async function runOne(
	{ id, test }: ListedCase,
	settings: Settings,
	features: Features,
): Promise<CaseResult> {
	const { missing, unknown } = checkNeeds(test, features);
	if (unknown.length > 0) {
		const reasons = unknown.map((name) => `no feature is called ${name}`);
		return { id, outcome: "failed", reasons, seconds: 0 };
	}
	if (missing.length > 0) {
		const reasons = missing.map((name) => `this kernel has no ${name}`);
		return { id, outcome: "skipped", reasons, seconds: 0 };
	}
	const start = performance.now();
	const run = await runCase(test, settings);
	const seconds = (performance.now() - start) / 1000;
	if (run.complaints.length === 0) {
		return { id, outcome: "passed", reasons: [], seconds };
	}
	const output = `${run.stdout}${run.stderr}`;
	const reasons = [test.place, ...run.complaints];
	return { id, outcome: "failed", reasons, seconds, output };
}

/** Runs all cases, `jobs` at a time; the results come in the order of the list. */
export async function runList(
	cases: readonly ListedCase[],
	settings: Settings,
	features: Features,
	jobs: number,
	onResult: (result: CaseResult) => void,
): Promise<CaseResult[]> {
	const results: CaseResult[] = [];
	let next = 0;
	const work = async (): Promise<void> => {
		while (next < cases.length) {
			const at = next++;
			const listed = cases[at];
			if (!listed) return;
			const result = await runOne(listed, settings, features);
			results[at] = result;
			onResult(result);
		}
	};
	await Promise.all(Array.from({ length: jobs }, work));
	return results;
}

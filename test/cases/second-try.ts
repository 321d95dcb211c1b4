// On an emulated machine two cases at a time get in each other's way: they wait for each other beyond their time, and
// where one switches a kprobe or a static key, the other's processor may go on with the instruction that stood there
// before (see test/vm/retranslate.ts), so that events are missed, perhaps for good. A case that fails there is tried once
// more in the end, after a new boot and with the machine for itself. It passes only if it passes then, and that it had failed is told all the same.
import type { CaseResult } from "./results.ts";

/** The last word on each case, in the order in which they first came. */
export function latestResults(results: readonly CaseResult[]): CaseResult[] {
	return [...new Map(results.map((result) => [result.id, result])).values()];
}

/** The cases to try once more: none where more than `most` failed, as that is no accident. */
export function casesToRepeat(
	results: readonly CaseResult[],
	most: number,
): Set<string> {
	const failed = results.filter(({ outcome }) => outcome === "failed");
	return new Set(failed.length <= most ? failed.map(({ id }) => id) : []);
}

/** The second results in the place of the first ones, each of which it tells. */
export function withSecondTry(
	first: readonly CaseResult[],
	second: readonly CaseResult[],
): CaseResult[] {
	const told = second.map((result) => {
		const before = first.find(({ id }) => id === result.id);
		const reasons = before?.reasons.map((reason) => `at first: ${reason}`);
		return { ...result, reasons: [...result.reasons, ...(reasons ?? [])] };
	});
	return latestResults([...first, ...told]);
}

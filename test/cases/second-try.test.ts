// What is tried once more, and what counts in the end.
import { expect, test } from "vitest";
import type { CaseResult } from "./results.ts";
import { casesToRepeat, latestResults, withSecondTry } from "./second-try.ts";

const result = (
	id: string,
	outcome: CaseResult["outcome"],
	...reasons: string[]
): CaseResult => ({ id, outcome, reasons, seconds: 1 });

const FIRST = [
	result("a", "passed"),
	result("b", "failed", "no line"),
	result("c", "skipped", "this kernel has no kprobe"),
];

test("failed cases are tried once more, no others", () => {
	expect(casesToRepeat(FIRST, 1)).toEqual(new Set(["b"]));
});

test("many failures are no accident", () => {
	const results = [...FIRST, result("d", "failed", "exit code 1")];
	expect(casesToRepeat(results, 1)).toEqual(new Set());
});

test("the second try decides, and tells of the first", () => {
	expect(withSecondTry(FIRST, [result("b", "passed")])).toEqual([
		result("a", "passed"),
		result("b", "passed", "at first: no line"),
		result("c", "skipped", "this kernel has no kprobe"),
	]);
});

test("a case that fails again has failed", () => {
	const second = result("b", "failed", "exit code 1");
	expect(withSecondTry(FIRST, [second])[1]).toEqual(
		result("b", "failed", "exit code 1", "at first: no line"),
	);
});

test("what was told twice, by two boots, counts once", () => {
	const later = result("b", "passed");
	expect(latestResults([...FIRST, later])).toEqual([FIRST[0], later, FIRST[2]]);
});

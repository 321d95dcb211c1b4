// Holds what came out against what happened, and finds words for the difference.
import { type Facts, fillIn, toNumber } from "./facts.ts";
import { type Asked, isOfMap, takeFigure } from "./figure.ts";
import type { Check, Condition, Expectation } from "./schema.ts";

export interface Finding {
	readonly what: string;
	readonly expected: string;
	readonly found: string;
	readonly right: boolean;
}

export interface Verdict {
	readonly right: boolean;
	readonly findings: readonly Finding[];
	/** What the wrong figures tell; empty for a right answer. */
	readonly advice: readonly string[];
}

/** A learner may call maps as they like: where the lesson names none, the one that fits best is taken. */
export function judge(
	check: Pick<Check, "expect" | "mistakes">,
	asked: Asked,
): Verdict {
	const names = [...new Set(asked.records.maps.map(({ map }) => map))];
	const tries = (names.length > 0 ? names : [undefined]).map((map) =>
		judgeWith(map, check, asked),
	);
	const wrong = ({ findings }: Verdict) =>
		findings.filter((f) => !f.right).length;
	return tries.reduce((best, next) =>
		wrong(next) < wrong(best) ? next : best,
	);
}

function judgeWith(
	map: string | undefined,
	{ expect, mistakes }: Pick<Check, "expect" | "mistakes">,
	asked: Asked,
): Verdict {
	const { facts } = asked;
	const holds = (condition: Condition) =>
		fits(condition, takeFigure(condition, map, asked), facts);
	const findings = expect.map((expectation) => {
		const figure = takeFigure(expectation, map, asked);
		return {
			what: fillIn(expectation.what, facts),
			expected: describeBounds(expectation, facts),
			found: figure === undefined ? "nothing" : String(figure),
			right: fits(expectation, figure, facts),
		};
	});
	if (findings.every(({ right }) => right))
		return { right: true, findings, advice: [] };
	const known = mistakes.find(({ when }) => when.every(holds))?.say;
	const failed = expect.filter((_, i) => findings[i]?.right === false);
	const advice =
		known !== undefined ? [known] : [...new Set(failed.flatMap(sayOf))];
	return {
		right: false,
		findings,
		advice: advice.map((text) => fillIn(text, facts)),
	};
}

function sayOf({ say }: Expectation): readonly string[] {
	return say === undefined ? [] : [say];
}

/** Nothing is as good as zero. */
function fits(
	{ is, atLeast, atMost }: Condition,
	figure: number | undefined,
	facts: Facts,
): boolean {
	const value = figure ?? 0;
	return (
		(is === undefined || value === toNumber(is, facts)) &&
		(atLeast === undefined || value >= toNumber(atLeast, facts)) &&
		(atMost === undefined || value <= toNumber(atMost, facts))
	);
}

function describeBounds(
	{ is, atLeast, atMost }: Condition,
	facts: Facts,
): string {
	if (is !== undefined) return String(toNumber(is, facts));
	const low = atLeast === undefined ? "" : String(toNumber(atLeast, facts));
	const high = atMost === undefined ? "" : String(toNumber(atMost, facts));
	if (low === "") return `at most ${high}`;
	return high === "" ? `at least ${low}` : `${low} to ${high}`;
}

/** Facts that the check speaks of and nobody has set: the lesson is at fault, not the learner. */
export function missingFacts(
	{ expect }: Pick<Check, "expect">,
	facts: Facts,
): readonly string[] {
	const amounts = expect.flatMap(({ is, atLeast, atMost, bucket, from }) =>
		[is, atLeast, atMost, bucket, from].filter((a) => a !== undefined),
	);
	return amounts
		.filter((amount) => Number.isNaN(toNumber(amount, facts)))
		.map(String);
}

/** Whether the answer could be judged by what maps hold, and none came out. */
export function lacksMaps(
	{ expect }: Pick<Check, "expect">,
	{ records }: Asked,
): boolean {
	return records.maps.length === 0 && expect.some(isOfMap);
}

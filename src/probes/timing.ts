// The rates of `interval` and `profile`: `s:1`, `ms:100`, `us:50`, `hz:99`, or one duration (`10ms`, nanoseconds).
import type {
	ProbeMatch,
	ProbeProvider,
	ResolveContext,
	SpecText,
} from "./definition.ts";
import { filterGlob, hasWildcard } from "./glob.ts";
import { checkParts, partSpan, readCount, readNumber } from "./spec.ts";

const nanosecondsOf: Readonly<Record<string, number>> = {
	s: 1_000_000_000,
	ms: 1_000_000,
	us: 1_000,
};
export const timeUnits = ["s", "ms", "us", "hz"] as const;
/** Shorter intervals would leave the machine no time for anything else. */
const leastNanoseconds = 1_000;

export function timedMatches(
	provider: ProbeProvider,
	kind: "interval" | "profile",
	spec: SpecText,
	context: ResolveContext,
): readonly ProbeMatch[] {
	const parts = checkParts(spec, 1, 2, provider, context);
	if (parts === undefined) return [];
	const rate =
		parts.length === 1
			? readDuration(kind, spec, context)
			: readRate(kind, spec, context);
	if (rate === undefined) return [];
	return [
		{
			probe: `${kind}:${rate.text}`,
			target: { kind, unit: rate.unit, every: rate.every },
			programType: "perf_event",
			section: "perf_event",
			hasRegisters: true,
		},
	];
}

interface Rate {
	readonly unit: "period" | "frequency";
	readonly every: number;
	/** As in the probe's full name. */
	readonly text: string;
}

function readDuration(
	kind: string,
	spec: SpecText,
	context: ResolveContext,
): Rate | undefined {
	const text = spec.parts[0] ?? "";
	if (isUnit(text)) {
		context.report(
			"E0305",
			{ text: `${kind}:${text}`, what: "the rate" },
			{ span: partSpan(spec, 0), help: `for example ${kind}:${text}:1` },
		);
		return undefined;
	}
	if (readNumber(text) === undefined && !hasWildcard(text)) {
		reportUnit(kind, spec, context);
		return undefined;
	}
	if (/^\d+$/.test(text) && Number(text) < leastNanoseconds) {
		// A number alone counts nanoseconds, which is seldom meant.
		const help = `say what it counts: ${kind}:hz:${text}, ${kind}:s:${text} …`;
		const args = { what: "a time in nanoseconds", least: leastNanoseconds };
		context.report("E0306", args, { span: partSpan(spec, 0), help });
		return undefined;
	}
	const every = readCount(spec, 0, "a duration", context, leastNanoseconds);
	if (every === undefined) return undefined;
	const microseconds = Math.floor(every / 1000);
	return { unit: "period", every, text: `us:${microseconds}` };
}

function readRate(
	kind: string,
	spec: SpecText,
	context: ResolveContext,
): Rate | undefined {
	const unit = spec.parts[0] ?? "";
	if (!isUnit(unit)) {
		reportUnit(kind, spec, context);
		return undefined;
	}
	const count = readCount(spec, 1, "the rate", context);
	if (count === undefined) return undefined;
	const text = `${unit}:${count}`;
	const length = nanosecondsOf[unit];
	return length === undefined
		? { unit: "frequency", every: count, text }
		: { unit: "period", every: count * length, text };
}

function isUnit(text: string): boolean {
	return timeUnits.some((unit) => unit === text);
}

function reportUnit(
	kind: string,
	spec: SpecText,
	context: ResolveContext,
): void {
	const [unit = "", count = ""] = spec.parts;
	// `interval:1:s` is `interval:s:1` with its parts swapped.
	const help = isUnit(count) ? `write ${kind}:${count}:${unit}` : undefined;
	context.report(
		"E0307",
		{ unit, kind },
		{ span: partSpan(spec, 0), ...(help === undefined ? {} : { help }) },
	);
}

/** Names for `-l`; `parts` are those of its pattern. */
export function* timedNames(
	kind: string,
	[pattern = "*"]: readonly string[],
): Iterable<string> {
	for (const unit of filterGlob(timeUnits, pattern)) yield `${kind}:${unit}:`;
}

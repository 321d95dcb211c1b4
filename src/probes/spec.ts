// What all providers do with the parts of a spec: count them, read numbers, and say what is wrong.
import type { Span } from "../base/source.ts";
import { nearestName } from "../base/suggest.ts";
import type { ProbeProvider, ResolveContext, SpecText } from "./definition.ts";
import { hasWildcard } from "./glob.ts";

/** The parts, without the empty one that a last `:` leaves. */
export function givenParts(spec: SpecText): readonly string[] {
	return spec.parts.at(-1) === "" ? spec.parts.slice(0, -1) : spec.parts;
}

type Usage = Pick<ProbeProvider, "name" | "forms" | "example">;

/** Reports a wrong number of parts, or an empty one. */
export function checkParts(
	spec: SpecText,
	least: number,
	most: number,
	usage: Usage,
	context: ResolveContext,
): readonly string[] | undefined {
	const parts = givenParts(spec);
	if (
		parts.length >= least &&
		parts.length <= most &&
		parts.every((part) => part !== "")
	) {
		return parts;
	}
	reportUsage(spec, usage, context);
	return undefined;
}

export function reportUsage(
	spec: SpecText,
	usage: Usage,
	context: ResolveContext,
): void {
	context.report(
		"E0304",
		{
			provider: usage.name,
			forms: joinWords(usage.forms, "or"),
			example: usage.example,
		},
		{ span: spec.span },
	);
}

export function partSpan(spec: SpecText, index: number): Span {
	return spec.partSpans[index] ?? spec.span;
}

/** Reports a wildcard where just one name is possible. */
export function checkNoWildcard(
	spec: SpecText,
	index: number,
	what: string,
	context: ResolveContext,
): boolean {
	if (!hasWildcard(spec.parts[index] ?? "")) return true;
	context.report("E0308", { what }, { span: partSpan(spec, index) });
	return false;
}

const number =
	/^(?:0[xX](?<hex>[0-9a-fA-F]+)|(?<whole>\d+)(?:[eE](?<power>\d{1,2}))?)(?<unit>ns|us|ms|s|m|h|d)?$/;
const nanoseconds: Readonly<Record<string, bigint>> = {
	ns: 1n,
	us: 1_000n,
	ms: 1_000_000n,
	s: 1_000_000_000n,
	m: 60_000_000_000n,
	h: 3_600_000_000_000n,
	d: 86_400_000_000_000n,
};

/** `100`, `1e6`, `1_000`, `0x1f`, and durations in nanoseconds: `10ms`. undefined for anything else. */
export function readNumber(text: string): bigint | undefined {
	const found = number.exec(text.replaceAll("_", ""))?.groups;
	if (found === undefined) return undefined;
	const value =
		found.hex === undefined
			? BigInt(found.whole ?? 0) * 10n ** BigInt(found.power ?? 0)
			: BigInt(`0x${found.hex}`);
	return value * (nanoseconds[found.unit ?? "ns"] ?? 1n);
}

/** Reads a part as a count that is at least `least`, and reports what is wrong with it. */
export function readCount(
	spec: SpecText,
	index: number,
	what: string,
	context: ResolveContext,
	least = 1,
): number | undefined {
	const text = spec.parts[index] ?? "";
	const span = partSpan(spec, index);
	const value = readNumber(text);
	if (value === undefined || value > BigInt(Number.MAX_SAFE_INTEGER)) {
		context.report("E0305", { text, what }, { span });
		return undefined;
	}
	if (value < BigInt(least)) {
		context.report("E0306", { what, least }, { span });
		return undefined;
	}
	return Number(value);
}

/** `did you mean …?`, or a line that names them all. */
export function suggest(
	name: string,
	known: Iterable<string>,
	otherwise?: string,
): string | undefined {
	const near = nearestName(name, known);
	return near === undefined ? otherwise : `did you mean ${near}?`;
}

/** `a, b or c` */
export function joinWords(words: readonly string[], link: string): string {
	const last = words.at(-1) ?? "";
	return words.length < 2
		? last
		: `${words.slice(0, -1).join(", ")} ${link} ${last}`;
}

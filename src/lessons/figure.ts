// One figure out of what a run printed: a number to hold against what happened.
import { type Facts, fillIn, toNumber } from "./facts.ts";
import {
	isObject,
	type Json,
	type Printed,
	type RunRecords,
} from "./records.ts";
import type { Condition } from "./schema.ts";

export interface Asked {
	readonly records: RunRecords;
	readonly facts: Facts;
	/** The script's text, without comments. */
	readonly script: string;
}

/** Whether the figure is one of a map, rather than of lines or of the script. */
export function isOfMap({ printed, script, choice }: Condition): boolean {
	return [printed, script, choice].every((field) => field === undefined);
}

/** undefined where nothing of the kind came out. `map` stands in where the condition names none. */
export function takeFigure(
	condition: Condition,
	map: string | undefined,
	{ records, facts, script }: Asked,
): number | undefined {
	const { printed, choice } = condition;
	const matches = (pattern: string, texts: readonly string[]) => {
		const regex = new RegExp(fillIn(pattern, facts));
		return texts.filter((text) => regex.test(text)).length;
	};
	if (printed !== undefined) return matches(printed, records.lines);
	if (choice !== undefined) return matches(choice, records.choices);
	if (condition.script !== undefined)
		return [...script.matchAll(new RegExp(condition.script, "g"))].length;
	const name = condition.map ?? map;
	const prints = records.maps.filter((p) => p.map === name);
	if (condition.take === "prints") return prints.length;
	const last = prints.at(-1);
	if (!last) return undefined;
	const asked = condition.over === "all" ? prints : [last];
	return sum(asked.map((p) => ofPrint(p, condition, facts)));
}

function sum(numbers: readonly (number | undefined)[]): number | undefined {
	const known = numbers.filter((n) => n !== undefined);
	return known.length === 0 ? undefined : known.reduce((a, b) => a + b, 0);
}

function ofPrint(
	{ values }: Printed,
	condition: Condition,
	facts: Facts,
): number | undefined {
	const key = globOf(condition.key ?? "*", facts);
	const but =
		condition.but === undefined ? undefined : globOf(condition.but, facts);
	const chosen = [...values].filter(([k]) => key.test(k) && !but?.test(k));
	if (condition.take === "keys") return chosen.length;
	return sum(chosen.map(([, value]) => ofValue(value, condition, facts)));
}

function globOf(glob: string, facts: Facts): RegExp {
	const parts = fillIn(glob, facts)
		.split("*")
		.map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, "\\$&"));
	return new RegExp(`^${parts.join("[^]*")}$`);
}

function ofValue(
	value: Json,
	{ take, bucket, from }: Condition,
	facts: Facts,
): number | undefined {
	if (Array.isArray(value)) return ofBuckets(value, { bucket, from }, facts);
	if (isObject(value)) {
		const part = value[take === "value" ? "total" : take];
		return typeof part === "number" ? part : undefined;
	}
	if (bucket !== undefined || from !== undefined) return undefined;
	return typeof value === "number" ? value : undefined;
}

/** Buckets as bpftrace's records have them: `min` and `max`, both within, one of them missing at the ends. */
function ofBuckets(
	buckets: readonly Json[],
	{ bucket, from }: Pick<Condition, "bucket" | "from">,
	facts: Facts,
): number {
	const wanted = toNumber(bucket ?? from ?? Number.NaN, facts);
	const counts = buckets.filter(isObject).map(({ min, max, count }) => {
		const [low, high] = [min ?? Number.NEGATIVE_INFINITY, max ?? Infinity];
		const within = Number(low) <= wanted && wanted <= Number(high);
		const above = from !== undefined && Number(low) > wanted;
		const all = bucket === undefined && from === undefined;
		return all || within || above ? Number(count) : 0;
	});
	return counts.reduce((a, b) => a + b, 0);
}

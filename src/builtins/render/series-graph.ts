// Values over time, drawn downwards: one line per interval, a star for the value.
import { toByteString } from "../../base/byte-text.ts";
import type { JsonTree } from "../../base/json-tree.ts";
import { greatest } from "./integers.ts";
import { formatTime } from "./strftime.ts";

export interface Point {
	/** Begin of the interval, since the epoch. */
	readonly nanoseconds: bigint;
	/** undefined where nothing was recorded. */
	readonly value: bigint | undefined;
}

const width = 53;
const leftWidth = 21;
const second = 1_000_000_000n;

/** Lines, each with its line end. */
export function seriesText(points: readonly Point[], signed = true): string {
	if (points.length === 0) return "<no data>";
	const range = valueRange(points, signed);
	const unit = displayUnit(intervalOf(points));
	const label = unit.name === "" ? "hh:mm:ss" : `hh:mm:ss.${unit.name}`;
	const labelWidth = 8 + (unit.digits > 0 ? unit.digits + 1 : 0);
	const margin = " ".repeat(labelWidth + 1);
	const scale = `${margin}${String(range.min).padEnd(leftWidth)}${String(range.max).padStart(width - leftWidth)}\n`;
	const top = `${toByteString(label).padEnd(labelWidth + 1)}|${"_".repeat(width - 2)}|\n`;
	const bottom = `${margin}v${"_".repeat(width - 2)}v\n`;
	const rows = points.map(
		(point) =>
			`${clock(point.nanoseconds, unit.digits)} ${row(point, range)}\n`,
	);
	return scale + top + rows.join("") + bottom + scale;
}

interface Range {
	readonly min: bigint;
	readonly max: bigint;
}

/** Least and greatest value; where they are the same, room on both sides of it, as far as there is any. */
function valueRange(points: readonly Point[], signed: boolean): Range {
	const values = points.flatMap(({ value }) =>
		value === undefined ? [] : [value],
	);
	const first = values[0] ?? 0n;
	const max = first + greatest(values.map((value) => value - first));
	const min = first - greatest(values.map((value) => first - value));
	if (min !== max) return { min, max };
	return { min: signed || min > 0n ? min - 1n : min, max: max + 1n };
}

function row({ value }: Point, range: Range): string {
	const cells = ["|", ...new Array<string>(width - 2).fill(" "), "|"];
	if (range.min < 0n && range.max > 0n) cells[position(0n, range, width)] = ".";
	if (value === undefined) return `${cells.join("")} -`;
	cells[position(value, range, width - 1)] = "*";
	return `${cells.join("")} ${value}`;
}

/** Where a value stands on a line of that length; single precision, so that it is bpftrace's to the column. */
function position(value: bigint, { min, max }: Range, length: number): number {
	const offset = Math.fround(length * Math.fround(Number(value - min)));
	const exact = Math.fround(offset / Math.fround(Number(max - min)));
	return Math.max(0, Math.min(width - 1, Math.trunc(exact)));
}

interface Unit {
	readonly name: string;
	/** Digits of the second's fraction. */
	readonly digits: number;
}

function displayUnit(interval: bigint): Unit {
	if (interval >= second) return { name: "", digits: 0 };
	if (interval >= 1_000_000n) return { name: "ms", digits: 3 };
	if (interval >= 1000n) return { name: "μs", digits: 6 };
	return { name: "ns", digits: 9 };
}

function intervalOf(points: readonly Point[]): bigint {
	const first = points[0]?.nanoseconds ?? 0n;
	const last = points.at(-1)?.nanoseconds ?? 0n;
	return (last - first) / BigInt(Math.max(1, points.length - 1));
}

/** Local time of day with so many digits of the fraction. */
function clock(nanoseconds: bigint, digits: number): string {
	const time = formatTime("%H:%M:%S", nanoseconds);
	return digits === 0
		? time
		: `${time}.${fraction(nanoseconds).slice(0, digits)}`;
}

function fraction(nanoseconds: bigint): string {
	return String(nanoseconds % second).padStart(9, "0");
}

/** Intervals without a value are left out; times are UTC. */
export function seriesJson(points: readonly Point[]): JsonTree {
	return points.flatMap(({ nanoseconds, value }) => {
		if (value === undefined) return [];
		const date = new Date(Number(nanoseconds / 1_000_000n)).toISOString();
		const start = `${date.slice(0, 19).replace("T", " ")}.${fraction(nanoseconds)}`;
		const members = [
			["interval_start", start],
			["value", value],
		] as const;
		return [{ members, compact: true }];
	});
}

// strftime(3) as in glibc's C locale, in the local time zone, and what bpftrace adds to it: %f, %k and %l are micro-,
// nano- and milliseconds there.
import type { OpaqueDefinition } from "../definition.ts";
import { zoneName } from "./zone-name.ts";

/** strftime values: nanoseconds in a u64; `params.format`. */
export const renderStrftime: OpaqueDefinition = {
	text: (bytes, params, host) => {
		const value = bytes.getBigUint64(0, true);
		const wall = value > longestUptime ? value : host.wallClock(value);
		return formatTimestamp(String(params.format), wall);
	},
};

/**
 * The clock of a value isn't known. But no machine has been up for 30 years, and no wall clock (nsecs(tai)) stands in
 * the 1970s or 80s or 90s.
 */
const longestUptime = 30n * 365n * 86_400n * 1_000_000_000n;

/** `format` with the fractions of a second filled in, then as `formatTime`. Nanoseconds since the epoch. */
export function formatTimestamp(format: string, nanoseconds: bigint): string {
	const fraction = String(nanoseconds % 1_000_000_000n).padStart(9, "0");
	const digits: Readonly<Record<string, number>> = { f: 6, k: 9, l: 3 };
	const filled = format.replace(/%([fkl])/g, (_, letter: string) =>
		fraction.slice(0, digits[letter]),
	);
	return formatTime(filled, nanoseconds);
}

/** strftime(3). Conversions that it does not know are left as they are. */
export function formatTime(format: string, nanoseconds: bigint): string {
	const date = new Date(Number(nanoseconds / 1_000_000n));
	return expand(format, date);
}

const conversion = /%([_\-0^#]*)(\d*)[EO]?([a-zA-Z%+])/g;

function expand(format: string, date: Date): string {
	return format.replace(
		conversion,
		(whole, flags: string, width: string, letter: string) => {
			const part = parts[letter]?.(date);
			if (part === undefined) return whole;
			return applyFlags(part, flags, width);
		},
	);
}

/** Text, or a number with its usual width and padding. */
type Part =
	| string
	| {
			readonly number: number;
			readonly width: number;
			readonly pad: "0" | " ";
	  };

function applyFlags(part: Part, flags: string, width: string): string {
	if (typeof part === "string") {
		const text = flags.includes("^") ? part.toUpperCase() : part;
		return text.padStart(Number(width), flags.includes("0") ? "0" : " ");
	}
	const { number } = part;
	if (flags.includes("-")) return String(number);
	const pad = flags.includes("_") ? " " : flags.includes("0") ? "0" : part.pad;
	return String(number).padStart(width === "" ? part.width : +width, pad);
}

function two(number: number): Part {
	return { number, width: 2, pad: "0" };
}
function blank(number: number): Part {
	return { number, width: 2, pad: " " };
}
function year(number: number): Part {
	return { number, width: 1, pad: "0" };
}

const days = [
	"Sunday",
	"Monday",
	"Tuesday",
	"Wednesday",
	"Thursday",
	"Friday",
	"Saturday",
];
const months = [
	"January",
	"February",
	"March",
	"April",
	"May",
	"June",
	"July",
	"August",
	"September",
	"October",
	"November",
	"December",
];

const parts: Readonly<Record<string, (date: Date) => Part>> = {
	a: (d) => (days[d.getDay()] ?? "").slice(0, 3),
	A: (d) => days[d.getDay()] ?? "",
	b: (d) => (months[d.getMonth()] ?? "").slice(0, 3),
	B: (d) => months[d.getMonth()] ?? "",
	c: (d) => expand("%a %b %e %H:%M:%S %Y", d),
	C: (d) => two(Math.floor(d.getFullYear() / 100)),
	d: (d) => two(d.getDate()),
	D: (d) => expand("%m/%d/%y", d),
	e: (d) => blank(d.getDate()),
	F: (d) => expand("%Y-%m-%d", d),
	g: (d) => two(isoWeek(d).year % 100),
	G: (d) => year(isoWeek(d).year),
	h: (d) => (months[d.getMonth()] ?? "").slice(0, 3),
	H: (d) => two(d.getHours()),
	I: (d) => two(hour12(d)),
	j: (d) => ({ number: dayOfYear(d) + 1, width: 3, pad: "0" }),
	k: (d) => blank(d.getHours()),
	l: (d) => blank(hour12(d)),
	m: (d) => two(d.getMonth() + 1),
	M: (d) => two(d.getMinutes()),
	n: () => "\n",
	p: (d) => (d.getHours() < 12 ? "AM" : "PM"),
	P: (d) => (d.getHours() < 12 ? "am" : "pm"),
	r: (d) => expand("%I:%M:%S %p", d),
	R: (d) => expand("%H:%M", d),
	s: (d) => year(Math.floor(d.getTime() / 1000)),
	S: (d) => two(d.getSeconds()),
	t: () => "\t",
	T: (d) => expand("%H:%M:%S", d),
	u: (d) => year(d.getDay() === 0 ? 7 : d.getDay()),
	U: (d) => two(weekOfYear(d, 0)),
	V: (d) => two(isoWeek(d).week),
	w: (d) => year(d.getDay()),
	W: (d) => two(weekOfYear(d, 1)),
	x: (d) => expand("%m/%d/%y", d),
	X: (d) => expand("%H:%M:%S", d),
	y: (d) => two(d.getFullYear() % 100),
	Y: (d) => year(d.getFullYear()),
	z: (d) => zoneOffset(d),
	Z: (d) => zoneName(d),
	"%": () => "%",
};

function hour12(date: Date): number {
	return date.getHours() % 12 === 0 ? 12 : date.getHours() % 12;
}

/** 0 for the first of January; by calendar days, whatever daylight saving does. */
function dayOfYear(date: Date): number {
	const day = Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
	return Math.round((day - Date.UTC(date.getFullYear(), 0, 1)) / 86_400_000);
}

/** Week number, weeks beginning on `first` (0 Sunday, 1 Monday); days before the first such day are in week 0. */
function weekOfYear(date: Date, first: 0 | 1): number {
	const sinceFirst = (date.getDay() - first + 7) % 7;
	return Math.floor((dayOfYear(date) + 7 - sinceFirst) / 7);
}

/** ISO 8601: a week belongs to the year that its Thursday is in. */
function isoWeek(date: Date): { readonly year: number; readonly week: number } {
	const thursday = new Date(
		date.getFullYear(),
		date.getMonth(),
		date.getDate() + 4 - (date.getDay() === 0 ? 7 : date.getDay()),
	);
	return {
		year: thursday.getFullYear(),
		week: Math.floor(dayOfYear(thursday) / 7) + 1,
	};
}

function zoneOffset(date: Date): string {
	const minutes = -date.getTimezoneOffset();
	const hours = String(Math.floor(Math.abs(minutes) / 60)).padStart(2, "0");
	const rest = String(Math.abs(minutes) % 60).padStart(2, "0");
	return `${minutes < 0 ? "-" : "+"}${hours}${rest}`;
}

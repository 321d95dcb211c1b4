// What number and string literals stand for.
import { toByteString } from "../src/base/byte-text.ts";

export interface IntegerValue {
	readonly value: bigint;
	readonly unsigned: boolean;
	readonly duration: boolean;
}

const NUMBER =
	/^(?:0x([0-9a-f][0-9a-f_]*)|([0-9][0-9_]*)(?:e([0-9][0-9_]*))?)(ns|us|ms|s|m|h|d|ull|ul|u|ll|l)?$/i;

const NANOSECONDS: Readonly<Record<string, bigint>> = {
	ns: 1n,
	us: 1_000n,
	ms: 1_000_000n,
	s: 1_000_000_000n,
	m: 60_000_000_000n,
	h: 3_600_000_000_000n,
	d: 86_400_000_000_000n,
};

/** The greatest value that a C suffix allows; no suffix allows all 64 bits. */
const SUFFIX_LIMITS: Readonly<Record<string, bigint>> = {
	u: 0xffff_ffffn,
	l: 0x7fff_ffff_ffff_ffffn,
	ll: 0x7fff_ffff_ffff_ffffn,
};
const LIMIT = 0xffff_ffff_ffff_ffffn;

/** Reads a number literal; gives the reason as text where it is none. */
export function parseInteger(text: string): IntegerValue | string {
	const match = NUMBER.exec(text);
	if (match === null) return whyNoNumber(text);
	const [, hex, decimal, exponent, suffix = ""] = match;
	if ([hex, decimal, exponent].some((digits) => digits?.endsWith("_"))) {
		return "a number cannot end in _";
	}
	const base =
		hex === undefined ? parseDigits(decimal ?? "") : BigInt(`0x${plain(hex)}`);
	if (base === undefined)
		return "a number that begins with 0 is octal, with the digits 0 to 7";
	const scaled = exponent === undefined ? base : scale(base, plain(exponent));
	if (typeof scaled === "string") return scaled;
	const unit = suffix.toLowerCase();
	const factor = NANOSECONDS[unit];
	const value = scaled * (factor ?? 1n);
	const limit = SUFFIX_LIMITS[unit] ?? LIMIT;
	if (value > limit) return `the greatest possible value is ${limit}`;
	const duration = factor !== undefined;
	return { value, unsigned: !duration && unit.startsWith("u"), duration };
}

function plain(digits: string): string {
	return digits.replaceAll("_", "");
}

function parseDigits(text: string): bigint | undefined {
	const digits = plain(text);
	if (!/^0[0-9]/.test(digits)) return BigInt(digits);
	return /^[0-7]+$/.test(digits) ? BigInt(`0o${digits}`) : undefined;
}

/** `1e6`: as in the language kask is compatible with, one digit from 1 to 9 stands before the `e`. */
function scale(base: bigint, exponent: string): bigint | string {
	if (base < 1n || base > 9n)
		return "one digit from 1 to 9 stands before the e";
	if (exponent.length > 3 || Number(exponent) > 19) {
		return `the greatest possible value is ${LIMIT}`;
	}
	return base * 10n ** BigInt(exponent);
}

function whyNoNumber(text: string): string {
	const suffix = /^(?:0x[0-9a-f_]*|[0-9_]+(?:e[0-9_]+)?)([a-z]\w*)$/i.exec(
		text,
	)?.[1];
	if (/^0x(?:[^0-9a-f]|$)/i.test(text))
		return "digits 0 to 9 and a to f must follow 0x";
	if (suffix?.toLowerCase() === "e")
		return "whole numbers only: digits must follow the e";
	return suffix === undefined
		? "digits are missing"
		: `${suffix} is no suffix: known are ns us ms s m h d (durations) and u l ul ll ull`;
}

/** A wrong escape sequence within a literal; offsets count from the literal's start. */
export interface BadEscape {
	readonly start: number;
	readonly end: number;
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
	n: "\n",
	t: "\t",
	r: "\r",
	a: "\x07",
	'"': '"',
	"\\": "\\",
};
const ESCAPE =
	/\\(?:([0-7]{1,3})|[xX]([0-9a-fA-F]{1,2})|([\s\S]?))|([\u0080-\uffff]+)/g;

/**
 * The bytes of a literal given with its quotes, as a byte string: escapes resolved, all else in UTF-8. Wrong escapes
 * are added to `bad` and left as written.
 */
export function decodeString(literal: string, bad: BadEscape[]): string {
	// What stands in other quotes was told, and is closed.
	const closed = literal.length > 1 && !/^"[\s\S]*[^"]$/.test(literal);
	const inner = literal.slice(1, closed ? -1 : undefined);
	return inner.replace(
		ESCAPE,
		(
			whole: string,
			octal: string | undefined,
			hex: string | undefined,
			simple: string | undefined,
			text: string | undefined,
			at: number,
		) => {
			if (text !== undefined) return toByteString(text);
			const code = octal
				? Number.parseInt(octal, 8)
				: hex
					? Number.parseInt(hex, 16)
					: -1;
			if (code >= 0 && code <= 0xff) return String.fromCharCode(code);
			const resolved =
				simple === undefined ? undefined : SIMPLE_ESCAPES[simple];
			if (resolved !== undefined) return resolved;
			bad.push({ start: at + 1, end: at + 1 + whole.length });
			return whole;
		},
	);
}

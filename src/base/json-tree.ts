// JSON values of the NDJSON output and how they are written. Objects are lists of members, since their order counts and
// since a JavaScript object would sort keys that look like numbers.
import { fromByteString, toByteString } from "./byte-text.ts";

/** Strings are byte strings. */
export type JsonTree =
	| null
	| boolean
	| number
	| bigint
	| string
	| readonly JsonTree[]
	| JsonObject;

export interface JsonObject {
	readonly members: readonly (readonly [name: string, value: JsonTree])[];
	/** No blanks after colons and commas. */
	readonly compact?: boolean;
}

/** One line of JSON as a byte string, without a line end. Objects are spaced, arrays are not. */
export function writeJson(value: JsonTree): string {
	if (value === null) return "null";
	switch (typeof value) {
		case "string":
			return writeString(value);
		case "bigint":
			return writeInteger(value);
		case "number":
			return Number.isFinite(value) ? String(value) : "null";
		case "boolean":
			return value ? "true" : "false";
	}
	if (isArray(value)) return `[${value.map(writeJson).join(",")}]`;
	const [colon, comma] = value.compact ? [":", ","] : [": ", ", "];
	const members = value.members.map(
		([name, member]) => `${writeString(name)}${colon}${writeJson(member)}`,
	);
	return `{${members.join(comma)}}`;
}

function isArray(
	value: readonly JsonTree[] | JsonObject,
): value is readonly JsonTree[] {
	return Array.isArray(value);
}

/** Integers that readers of JSON would round, because they hold numbers as doubles, are written as strings. */
function writeInteger(value: bigint): string {
	return BigInt(Number(value)) === value ? String(value) : `"${value}"`;
}

const named: Readonly<Record<string, string>> = {
	'"': '\\"',
	"\\": "\\\\",
	"\n": "\\n",
	"\r": "\\r",
	"\t": "\\t",
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be escaped
const escaped = /["\\\x00-\x1f]/g;
const highByte = /[\x80-\xff]/;

function writeString(bytes: string): string {
	// JSON must be UTF-8: bytes that are not become U+FFFD.
	const text = highByte.test(bytes)
		? toByteString(fromByteString(bytes))
		: bytes;
	const body = text.replace(
		escaped,
		(c) => named[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
	);
	return `"${body}"`;
}

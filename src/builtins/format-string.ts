// printf formats: how they are read, and which types each conversion takes. Shared by the checks of printf and its like
// and by the formatter of the run time.
import type { MessageArgs } from "../base/diagnostics.ts";
import type { MessageCode } from "../base/messages.ts";
import { typeName } from "../types/type-name.ts";
import type { Type } from "../types/types.ts";

/** One conversion: `%-5d`. */
export interface FormatSpec {
	/** As written, for messages. */
	readonly text: string;
	readonly left: boolean;
	readonly plus: boolean;
	readonly space: boolean;
	readonly alternate: boolean;
	readonly zero: boolean;
	/** 0 where none is given. */
	readonly width: number;
	/** -1 where none is given. */
	readonly precision: number;
	/** `%2$d`: the second value; 0 where values are taken in turn. */
	readonly position: number;
	/** `hh`, `h`, `l`, `ll`, `j`, `z`, `t` or "". */
	readonly length: string;
	/** `d`, `s`, `rx` … */
	readonly conversion: string;
}

/** `fragments` has one more element than `specs`: the text around them, with `%%` resolved. */
export interface Format {
	readonly fragments: readonly string[];
	readonly specs: readonly FormatSpec[];
}

/** Conversions of our own come first where they begin like a standard one. What does not match stays plain text. */
const conversion =
	/%(?:(\d+)\$)?(-?)(\+?)( ?)(#?)(0?)(\*|\d+)?(?:\.(\*|\d+))?([hlLjzt]*)(gr|rh|rx|[diouxXeEfFgGaAcspnr%])/g;

export function parseFormat(format: string): Format {
	const fragments: string[] = [];
	const specs: FormatSpec[] = [];
	let fragment = "";
	let end = 0;
	for (const match of format.matchAll(conversion)) {
		fragment += format.slice(end, match.index);
		end = match.index + match[0].length;
		if (match[10] === "%") {
			fragment += "%";
			continue;
		}
		fragments.push(fragment);
		fragment = "";
		specs.push(specOf(match));
	}
	fragments.push(fragment + format.slice(end));
	return { fragments, specs };
}

function specOf(match: RegExpMatchArray): FormatSpec {
	const [
		text,
		position,
		left,
		plus,
		space,
		alternate,
		zero,
		width,
		precision,
		length = "",
		name = "",
	] = match;
	return {
		text,
		left: left !== "",
		plus: plus !== "",
		space: space !== "",
		alternate: alternate !== "",
		zero: zero !== "",
		width: /^\d/.test(width ?? "") ? Number(width) : 0,
		precision: /^\d/.test(precision ?? "") ? Number(precision) : -1,
		position: Number(position ?? 0),
		length,
		conversion: name,
	};
}

const integers: readonly Type["kind"][] = ["int", "bool", "enum", "pointer"];

/** Kinds of types that a conversion takes; undefined takes any value. */
const accepted: Readonly<Record<string, readonly Type["kind"][] | undefined>> =
	{
		d: integers,
		i: integers,
		u: integers,
		o: integers,
		x: integers,
		X: integers,
		c: integers,
		p: integers,
		gr: integers,
		r: ["buffer"],
		rh: ["buffer"],
		rx: ["buffer"],
		s: undefined,
	};

/** What is wrong with a format; `argument` is the index of the value it is about. */
export interface FormatProblem {
	readonly code: MessageCode;
	readonly args: MessageArgs;
	readonly argument?: number;
}

/** Compares a format with the types of the values given with it. */
export function checkFormat(
	format: string,
	values: readonly Type[],
): readonly FormatProblem[] {
	const { specs } = parseFormat(format);
	const wanted = new Set(specs.map(valueIndex));
	const most = Math.max(0, ...[...wanted].map((index) => index + 1));
	if (most !== values.length || wanted.size !== values.length) {
		const args = { conversions: counted(most), values: counted(values.length) };
		return [{ code: "E0450", args }];
	}
	return specs.flatMap((spec, i) => {
		const argument = valueIndex(spec, i);
		return checkSpec(spec, argument, values[argument]);
	});
}

/** Which value the conversion at `i` prints, counted from 0. */
export function valueIndex(spec: FormatSpec, i: number): number {
	return spec.position > 0 ? spec.position - 1 : i;
}

function counted(values: number): string {
	return values === 1 ? "1 value" : `${values} values`;
}

export function checkSpec(
	spec: FormatSpec,
	argument: number,
	type: Type | undefined,
): readonly FormatProblem[] {
	if (type === undefined) return [];
	if (!(spec.conversion in accepted) || spec.text.includes("*"))
		return [{ code: "E0452", args: { spec: spec.text } }];
	const kinds = accepted[spec.conversion];
	const fits =
		kinds === undefined ? type.kind !== "void" : kinds.includes(type.kind);
	if (fits) return [];
	const args = { spec: spec.text, type: typeName(type) };
	return [{ code: "E0451", args, argument }];
}

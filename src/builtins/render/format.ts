// printf at run time: a format and its fields become one closure, made once and called for every event.
import type {
	NamedLayoutField,
	ValueLayout,
} from "../../types/value-layout.ts";
import { type FormatSpec, parseFormat, valueIndex } from "../format-string.ts";
import { escapedHex, readBuffer, spacedHex } from "./bytes.ts";
import type { RenderContext, Renderer } from "./context.ts";
import { gfpFlags } from "./gfp-flags.ts";
import {
	type IntegerReader,
	integerReader,
	integerText,
	readUnsigned,
} from "./integers.ts";
import { textRenderer } from "./value-text.ts";

/** Formats the record that begins at `start`. Fields stand in the order of the conversions, unless these have numbers. */
export function compileFormat(
	format: string,
	fields: readonly NamedLayoutField[],
	context: RenderContext,
): Renderer<string> {
	const { fragments, specs } = parseFormat(format);
	const parts = specs.flatMap((spec, i) => {
		const field = fields[valueIndex(spec, i)];
		if (field === undefined) return [];
		const text = conversionText(spec, field.layout, context);
		return [{ text, offset: field.offset, after: fragments[i + 1] ?? "" }];
	});
	const head = fragments[0] ?? "";
	return (view, start) => {
		let out = head;
		for (const part of parts)
			out += part.text(view, start + part.offset) + part.after;
		return out;
	};
}

/** One conversion of one value, padded. */
export function conversionText(
	spec: FormatSpec,
	layout: ValueLayout,
	context: RenderContext,
): Renderer<string> {
	switch (spec.conversion) {
		case "d":
		case "i":
			return padNumber(signedText(spec, layout), spec);
		case "u":
			return padNumber(unsignedText(spec, layout, 10), spec);
		case "o":
			return padNumber(unsignedText(spec, layout, 8), spec);
		case "x":
		case "X":
			return padNumber(unsignedText(spec, layout, 16), spec);
		case "p":
			return pad(pointerText(layout), spec);
		case "c":
			return pad(charText(layout), spec);
		case "gr":
			return pad(flagsText(layout), spec);
		case "rx":
		case "rh":
			return pad(hexText(spec.conversion, layout), spec);
		default:
			return pad(cut(textRenderer(layout, context), spec, layout), spec);
	}
}

/** Bits that each length modifier keeps; all others keep 64. Without one, C's `int` it is. */
const lengthBits: Readonly<Record<string, number>> = { hh: 8, h: 16, "": 32 };

function signedText(spec: FormatSpec, layout: ValueLayout): Renderer<string> {
	const bits = lengthBits[spec.length] ?? 64;
	const read = numberReader(layout);
	const sign = spec.plus ? "+" : spec.space ? " " : "";
	const plain: Renderer<string> = (view, at) => {
		const value = read(view, at);
		// The usual cases first: a BigInt takes several times as long.
		if (typeof value === "number") {
			if (bits === 32) return String(value | 0);
			if (bits === 64) return integerText(value);
		}
		return String(BigInt.asIntN(bits, BigInt(value)));
	};
	if (sign === "") return plain;
	return (view, at) => {
		const text = plain(view, at);
		return text.startsWith("-") ? text : sign + text;
	};
}

function unsignedText(
	spec: FormatSpec,
	layout: ValueLayout,
	radix: 8 | 10 | 16,
): Renderer<string> {
	const bits = lengthBits[spec.length] ?? 64;
	const read = numberReader(layout);
	const upper = spec.conversion === "X";
	const prefix =
		!spec.alternate || radix === 10 ? "" : radix === 8 ? "0" : "0x";
	return (view, at) => {
		const value = cutBits(read(view, at), bits);
		const digits = radix === 10 ? integerText(value) : value.toString(radix);
		const text = value === 0 || value === 0n ? digits : prefix + digits;
		return upper ? text.toUpperCase() : text;
	};
}

function cutBits(value: number | bigint, bits: number): number | bigint {
	if (typeof value === "number") {
		if (bits === 32) return value >>> 0;
		if (bits === 64 && value >= 0) return value;
	}
	return BigInt.asUintN(bits, BigInt(value));
}

/** All kinds that the check lets through to number conversions. */
function numberReader(layout: ValueLayout): IntegerReader {
	switch (layout.kind) {
		case "int":
		case "enum":
			return integerReader(layout.size, layout.signed);
		case "bool":
			return integerReader(1, false);
		default:
			return readUnsigned;
	}
}

function pointerText(layout: ValueLayout): Renderer<string> {
	const read = numberReader(layout);
	return (view, at) => {
		const value = BigInt.asUintN(64, BigInt(read(view, at)));
		return value === 0n ? "0" : `0x${value.toString(16)}`;
	};
}

function charText(layout: ValueLayout): Renderer<string> {
	const read = numberReader(layout);
	return (view, at) =>
		String.fromCharCode(Number(BigInt.asUintN(8, BigInt(read(view, at)))));
}

function flagsText(layout: ValueLayout): Renderer<string> {
	const read = numberReader(layout);
	return (view, at) => gfpFlags(BigInt.asUintN(64, BigInt(read(view, at))));
}

function hexText(
	conversion: "rx" | "rh",
	layout: ValueLayout,
): Renderer<string> {
	const size = layout.kind === "buffer" ? layout.size : 0;
	const write = conversion === "rx" ? escapedHex : spacedHex;
	return (view, at) => write(readBuffer(view, at, size));
}

/** `%.10s`: at most so many bytes of a string. */
function cut(
	text: Renderer<string>,
	{ precision }: FormatSpec,
	layout: ValueLayout,
): Renderer<string> {
	if (precision < 0 || layout.kind !== "string") return text;
	return (view, at) => text(view, at).slice(0, precision);
}

export function pad(
	text: Renderer<string>,
	{ width, left }: FormatSpec,
): Renderer<string> {
	if (width === 0) return text;
	return left
		? (view, at) => text(view, at).padEnd(width)
		: (view, at) => text(view, at).padStart(width);
}

/** Zeros go between the sign or prefix and the digits, as in C. */
function padNumber(text: Renderer<string>, spec: FormatSpec): Renderer<string> {
	const { width, left, zero } = spec;
	if (width === 0 || left || !zero) return pad(text, spec);
	return (view, at) => {
		const number = text(view, at);
		const head = /^(?:[-+ ]|0[xX])?/.exec(number)?.[0] ?? "";
		return head + number.slice(head.length).padStart(width - head.length, "0");
	};
}

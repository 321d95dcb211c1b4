// Rows of print_rows(): a format over the parts of a map's key and of its value.
import type { LayoutField, ValueLayout } from "../../types/value-layout.ts";
import { type FormatSpec, parseFormat, valueIndex } from "../format-string.ts";
import type { RenderContext, Renderer } from "./context.ts";
import { conversionText, pad } from "./format.ts";
import { divide, type IntegerReader, integerReader } from "./integers.ts";

/** One part of a row, which stands at `offset` of its record. */
export interface RowPart extends LayoutField {
	/** Numbers are divided by that; 1 leaves them. */
	readonly div: number;
}

/** Key and value as separate parts: tuples and records fall into their elements. */
export function partsOfLayout(layout: ValueLayout): readonly LayoutField[] {
	if (layout.kind === "tuple") return layout.elements;
	if (layout.kind === "record") return layout.fields;
	return [{ offset: 0, layout }];
}

/** The text of a row; conversions beyond the parts print nothing. */
export function compileRow(
	format: string,
	parts: readonly RowPart[],
	context: RenderContext,
): Renderer<string> {
	const { fragments, specs } = parseFormat(format);
	const texts = specs.map((spec, i): Renderer<string> => {
		const part = parts[valueIndex(spec, i)];
		if (part === undefined) return () => "";
		const text = partText(spec, part, context);
		return (view, at) => text(view, at + part.offset);
	});
	return (view, at) =>
		fragments.reduce(
			(out, fragment, i) => out + (texts[i - 1]?.(view, at) ?? "") + fragment,
			"",
		);
}

function partText(
	spec: FormatSpec,
	{ layout, div }: RowPart,
	context: RenderContext,
): Renderer<string> {
	if (layout.kind === "opaque" && layout.params.stack === true) {
		// Rows set their blank lines themselves.
		const stack = conversionText(spec, layout, context);
		return (view, at) => stack(view, at).replace(/^\n/, "");
	}
	if (layout.kind !== "int") return conversionText(spec, layout, context);
	const own = spec.conversion === "f" || div !== 1;
	const read = integerReader(layout.size, layout.signed);
	return own
		? pad(numberText(spec, read, div), spec)
		: conversionText(spec, layout, context);
}

/** A number divided by its unit: with decimals by %f, rounded towards zero by all others. */
export function numberText(
	{ conversion, precision }: FormatSpec,
	read: IntegerReader,
	div: number,
): Renderer<string> {
	if (conversion !== "f")
		return (view, at) => String(divide(read(view, at), div));
	const digits = precision < 0 ? 6 : precision;
	return (view, at) => (Number(read(view, at)) / div).toFixed(digits);
}

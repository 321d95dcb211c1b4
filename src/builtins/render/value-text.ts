// Values as text, the way print, map keys and `%s` give them. Layouts are walked once and become closures, since the
// same layout is rendered for every event and every key.
import type {
	EnumLayout,
	NamedLayoutField,
	OpaqueLayout,
	ValueLayout,
} from "../../types/value-layout.ts";
import { bitFieldReader } from "./bit-field.ts";
import { escapeBytes, readBuffer, stringRenderer } from "./bytes.ts";
import {
	opaqueDefinition,
	type RenderContext,
	type Renderer,
} from "./context.ts";
import {
	divide,
	integerReader,
	integerText,
	readUnsigned,
} from "./integers.ts";

/** Blanks between the parts of composite values: JSON keys go without. */
export interface TextStyle {
	readonly comma: string;
	readonly blank: string;
}
export const spaced: TextStyle = { comma: ", ", blank: " " };
export const tight: TextStyle = { comma: ",", blank: "" };

/** The text of values of that layout. Integers, those within composite values too, are divided by `div`. */
export function textRenderer(
	layout: ValueLayout,
	context: RenderContext,
	div = 1,
	style = spaced,
): Renderer<string> {
	switch (layout.kind) {
		case "int": {
			const read = integerReader(layout.size, layout.signed);
			return div > 1
				? (view, at) => integerText(divide(read(view, at), div))
				: (view, at) => integerText(read(view, at));
		}
		case "bool":
			return (view, at) => (view.getUint8(at) === 0 ? "false" : "true");
		case "string":
			return stringRenderer(layout, context.trailer);
		case "buffer":
			return (view, at) => escapeBytes(readBuffer(view, at, layout.size));
		case "pointer":
			return (view, at) => `0x${readUnsigned(view, at).toString(16)}`;
		case "enum":
			return enumText(layout);
		case "array":
			return arrayText(layout, context, div, style);
		case "tuple":
			return tupleText(layout, context, div, style);
		case "record":
			return recordText(layout.fields, context, div, style);
		case "opaque":
			return opaqueText(layout, context, style);
	}
}

/** As `textRenderer`, but a tuple goes without parentheses: `@x[1, 2]`. */
export function keyTextRenderer(
	layout: ValueLayout,
	context: RenderContext,
	style = spaced,
): Renderer<string> {
	const text = textRenderer(layout, context, 1, style);
	return layout.kind === "tuple"
		? (view, at) => text(view, at).slice(1, -1)
		: text;
}

/** An enum's raw number, which `names` and `%d` go by. */
export function enumText(layout: EnumLayout): Renderer<string> {
	const read = integerReader(layout.size, layout.signed);
	const names = new Map(Object.entries(layout.names));
	return (view, at) => {
		const value = String(read(view, at));
		return names.get(value) ?? value;
	};
}

type Layout<Kind extends ValueLayout["kind"]> = Extract<
	ValueLayout,
	{ kind: Kind }
>;

/** Unlike tuples, arrays have no blank after the comma. */
function arrayText(
	{ of, count, stride }: Layout<"array">,
	context: RenderContext,
	div: number,
	style: TextStyle,
): Renderer<string> {
	const element = textRenderer(of, context, div, style);
	return (view, at) =>
		`[${Array.from({ length: count }, (_, i) => element(view, at + i * stride)).join(",")}]`;
}

function tupleText(
	layout: Layout<"tuple">,
	context: RenderContext,
	div: number,
	style: TextStyle,
): Renderer<string> {
	const elements = layout.elements.map(({ offset, layout: of }) =>
		shifted(textRenderer(of, context, div, style), offset),
	);
	return (view, at) =>
		`(${elements.map((element) => element(view, at)).join(style.comma)})`;
}

function recordText(
	fields: readonly NamedLayoutField[],
	context: RenderContext,
	div: number,
	{ comma, blank }: TextStyle,
): Renderer<string> {
	if (fields.length === 0) return () => "{}";
	const style = { comma, blank };
	const renderers = fields.map((field) => ({
		label: `.${field.name}${blank}=${blank}`,
		text: shifted(memberText(field, context, div, style), field.offset),
	}));
	return (view, at) =>
		`{${blank}${renderers.map(({ label, text }) => label + text(view, at)).join(comma)}${blank}}`;
}

function memberText(
	field: NamedLayoutField,
	context: RenderContext,
	div: number,
	style: TextStyle,
): Renderer<string> {
	if (field.bits === undefined)
		return textRenderer(field.layout, context, div, style);
	const read = bitFieldReader(field.layout, field.bits);
	return (view, at) => String(divide(read(view, at), div));
}

function opaqueText(
	layout: OpaqueLayout,
	context: RenderContext,
	style: TextStyle,
): Renderer<string> {
	const definition = opaqueDefinition(layout.name, context);
	const text: Renderer<string> = (view, at) =>
		definition.text(viewFrom(view, at), layout.params, context.host);
	// The frames of a stack are indented for people only.
	return style === tight
		? (view, at) => text(view, at).replace(/^ +/gm, "")
		: text;
}

/** A view that begins at the value. */
export function viewFrom(view: DataView, at: number): DataView {
	return new DataView(view.buffer, view.byteOffset + at, view.byteLength - at);
}

function shifted(renderer: Renderer<string>, offset: number): Renderer<string> {
	return offset === 0 ? renderer : (view, at) => renderer(view, at + offset);
}

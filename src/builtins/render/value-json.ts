// Values as JSON: enums and pointers as numbers, tuples and arrays as arrays, structs and records as objects.
import type { JsonTree } from "../../base/json-tree.ts";
import type {
	LayoutField,
	NamedLayoutField,
	OpaqueLayout,
	ValueLayout,
} from "../../types/value-layout.ts";
import { bitFieldReader } from "./bit-field.ts";
import { readBuffer, stringRenderer } from "./bytes.ts";
import {
	opaqueDefinition,
	type RenderContext,
	type Renderer,
} from "./context.ts";
import { divide, integerReader, readUnsigned } from "./integers.ts";
import { viewFrom } from "./value-text.ts";

export function jsonRenderer(
	layout: ValueLayout,
	context: RenderContext,
	div = 1,
): Renderer<JsonTree> {
	switch (layout.kind) {
		case "int": {
			const read = integerReader(layout.size, layout.signed);
			return (view, at) => divide(read(view, at), div);
		}
		case "bool":
			return (view, at) => view.getUint8(at) !== 0;
		case "string":
			return stringRenderer(layout, context.trailer);
		case "buffer":
			// Signed bytes, as `char` is.
			return (view, at) => [
				...Int8Array.from(readBuffer(view, at, layout.size)),
			];
		case "pointer":
			return readUnsigned;
		case "enum":
			return integerReader(layout.size, layout.signed);
		case "array": {
			const element = jsonRenderer(layout.of, context, div);
			return (view, at) =>
				Array.from({ length: layout.count }, (_, i) =>
					element(view, at + i * layout.stride),
				);
		}
		case "tuple":
			return tupleJson(layout.elements, context, div);
		case "record":
			return recordJson(layout.fields, context, div);
		case "opaque":
			return opaqueJson(layout, context);
	}
}

function tupleJson(
	fields: readonly LayoutField[],
	context: RenderContext,
	div: number,
): Renderer<JsonTree> {
	const elements = fields.map(({ offset, layout }) => ({
		offset,
		json: jsonRenderer(layout, context, div),
	}));
	return (view, at) =>
		elements.map(({ offset, json }) => json(view, at + offset));
}

function recordJson(
	fields: readonly NamedLayoutField[],
	context: RenderContext,
	div: number,
): Renderer<JsonTree> {
	const renderers = fields.map((field) => ({
		...field,
		json: memberJson(field, context, div),
	}));
	return (view, at) => ({
		members: renderers.map(
			({ name, offset, json }) => [name, json(view, at + offset)] as const,
		),
	});
}

function memberJson(
	field: NamedLayoutField,
	context: RenderContext,
	div: number,
): Renderer<JsonTree> {
	if (field.bits === undefined) return jsonRenderer(field.layout, context, div);
	const read = bitFieldReader(field.layout, field.bits);
	return (view, at) => divide(read(view, at), div);
}

function opaqueJson(
	layout: OpaqueLayout,
	context: RenderContext,
): Renderer<JsonTree> {
	const definition = opaqueDefinition(layout.name, context);
	const render = definition.json ?? definition.text;
	return (view, at) => render(viewFrom(view, at), layout.params, context.host);
}

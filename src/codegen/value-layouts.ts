// From types to the layouts that the run time reads bytes by.
import { layOut, sizeOf } from "../types/layout.ts";
import type { TypeSource } from "../types/type-source.ts";
import type { EnumType, Member, StructType, Type } from "../types/types.ts";
import type { NamedLayoutField, ValueLayout } from "../types/value-layout.ts";

export function valueLayout(type: Type, types: TypeSource): ValueLayout {
	switch (type.kind) {
		case "int":
			return { kind: "int", size: type.size, signed: type.signed };
		case "bool":
		case "pointer":
			return { kind: type.kind };
		case "string":
			return type.mayFill
				? { kind: "string", size: type.size, mayFill: true }
				: { kind: "string", size: type.size };
		case "buffer":
			return { kind: "buffer", size: type.size };
		case "enum":
			return enumLayout(type, types);
		case "array":
			return arrayLayout(type, types);
		case "struct":
		case "union":
			return recordLayout(type, types);
		case "tuple":
			return tupleLayout(type.elements, types);
		case "record":
			return namedLayout(type.fields, types);
		case "opaque":
			return {
				kind: "opaque",
				name: type.name,
				size: type.size,
				params: type.params,
			};
		case "void":
		case "aggregate":
			throw new Error(`E0928: ${type.kind} has no layout`);
	}
}

function tupleLayout(
	elements: readonly Type[],
	types: TypeSource,
): ValueLayout {
	const { offsets, size } = layOut(elements);
	return {
		kind: "tuple",
		size,
		elements: elements.map((e, i) => ({
			offset: offsets[i] ?? 0,
			layout: valueLayout(e, types),
		})),
	};
}

function namedLayout(
	fields: readonly { readonly name: string; readonly type: Type }[],
	types: TypeSource,
): ValueLayout {
	const { offsets, size } = layOut(fields.map((f) => f.type));
	return {
		kind: "record",
		size,
		fields: fields.map((f, i) => ({
			name: f.name,
			offset: offsets[i] ?? 0,
			layout: valueLayout(f.type, types),
		})),
	};
}

function arrayLayout(
	type: Type & { kind: "array" },
	types: TypeSource,
): ValueLayout {
	if (type.of.kind === "int" && type.of.char)
		return { kind: "string", size: type.count, mayFill: true };
	return {
		kind: "array",
		of: valueLayout(type.of, types),
		count: type.count,
		stride: sizeOf(type.of),
	};
}

function enumLayout(type: EnumType, types: TypeSource): ValueLayout {
	const names: Record<string, string> = {};
	for (const { name, value } of types.enumerators(type))
		names[String(value)] ??= name;
	return { kind: "enum", size: type.size, signed: type.signed, names };
}

function recordLayout(type: StructType, types: TypeSource): ValueLayout {
	const fields = types.members(type).flatMap((m) => memberLayout(m, types));
	return { kind: "record", size: type.size, fields };
}

/** Anonymous members' fields count as the outer struct's. Members without bytes are left out. */
function memberLayout(member: Member, types: TypeSource): NamedLayoutField[] {
	const { name, offset, type, bits } = member;
	const struct = type.kind === "struct" || type.kind === "union";
	if (name === "" && struct) {
		return types.members(type).flatMap((inner) =>
			memberLayout(
				{
					...inner,
					offset: inner.offset + offset,
					...(inner.bits
						? {
								bits: { ...inner.bits, offset: inner.bits.offset + offset * 8 },
							}
						: {}),
				},
				types,
			),
		);
	}
	// What a tracepoint's record has behind its end is not copied with it.
	if (name === "" || type.kind === "void" || member.dataLoc) return [];
	const layout = valueLayout(type, types);
	if (!bits) return [{ name, offset, layout }];
	return [
		{
			name,
			offset,
			layout,
			bits: { shift: bits.offset - offset * 8, width: bits.size },
		},
	];
}

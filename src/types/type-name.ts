// How a type is written: for messages, listings, `-d types`.
import type { Type } from "./types.ts";

export function typeName(type: Type): string {
	switch (type.kind) {
		case "int":
			return `${type.signed ? "" : "u"}int${type.size * 8}`;
		case "bool":
		case "void":
			return type.kind;
		case "string":
		case "buffer":
			return `${type.kind}[${type.size}]`;
		case "pointer":
			return `${typeName(type.to)} *`;
		case "array":
			return `${typeName(type.of)}[${type.count}]`;
		case "struct":
		case "union":
		case "enum":
			return `${type.kind} ${type.name}`;
		case "tuple":
			return `(${type.elements.map(typeName).join(", ")})`;
		case "record":
			return `(${type.fields.map((f) => `${f.name} = ${typeName(f.type)}`).join(", ")})`;
		case "opaque":
		case "aggregate":
			return type.name;
	}
}

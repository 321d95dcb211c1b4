// Keys and values in words.
import { layoutSize, type ValueLayout } from "../types/value-layout.ts";
import { counted } from "./words.ts";

/** `text of up to 15 bytes`, `a number (u32)`. */
export function layoutWords(layout: ValueLayout): string {
	switch (layout.kind) {
		case "int":
			return `a number (${layout.signed ? "s" : "u"}${layout.size * 8})`;
		case "bool":
			return "true or false";
		case "string":
			return `text of up to ${counted(layout.mayFill ? layout.size : layout.size - 1, "byte")}`;
		case "buffer":
			return `up to ${counted(layout.size, "byte")}`;
		case "pointer":
			return "an address";
		case "enum":
			return `a number with names (${layout.size} bytes)`;
		case "array":
			return `${layout.count} times ${layoutWords(layout.of)}`;
		case "tuple":
			return layout.elements.map((e) => layoutWords(e.layout)).join(", then ");
		case "record":
			return layout.fields
				.map((f) => `${f.name}: ${layoutWords(f.layout)}`)
				.join("; ");
		case "opaque":
			return `what ${layout.name} takes (${layoutSize(layout)} bytes)`;
	}
}

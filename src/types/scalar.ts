// Which types are held as one number, and which live in memory.
import type { Type } from "./types.ts";

/** True for what is held as one number of up to 8 bytes; all else lives in memory. */
export function isScalar(type: Type): boolean {
	switch (type.kind) {
		case "int":
		case "bool":
		case "enum":
		case "pointer":
			return true;
		case "opaque":
			return (
				[1, 2, 4, 8].includes(type.size) &&
				type.size === type.align &&
				type.params.memory !== true
			);
		case "void":
		case "string":
		case "buffer":
		case "array":
		case "struct":
		case "union":
		case "tuple":
		case "record":
		case "aggregate":
			return false;
	}
}

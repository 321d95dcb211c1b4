// The order in which a map's keys are printed: numbers by value, strings by their bytes, tuples element by element.
import { integerReader } from "../../src/builtins/render/integers.ts";
import { layoutSize, type ValueLayout } from "../../src/types/value-layout.ts";

/** Of the keys that begin at two places: negative, zero or positive, as `sort` wants it. */
export type KeyComparer = (a: number, b: number) => number;

/** Compares keys in `keys`, by what lies `offset` bytes within each. */
export function keyComparer(
	layout: ValueLayout,
	keys: DataView,
	offset = 0,
): KeyComparer {
	switch (layout.kind) {
		case "int":
		case "enum":
			return byNumber(layout.size, layout.signed, keys, offset);
		case "pointer":
			return byNumber(8, false, keys, offset);
		case "tuple": {
			const elements = layout.elements.map((element) =>
				keyComparer(element.layout, keys, offset + element.offset),
			);
			return (a, b) => {
				for (const compare of elements) {
					const order = compare(a, b);
					if (order !== 0) return order;
				}
				return 0;
			};
		}
		default:
			return byBytes(layoutSize(layout), keys, offset);
	}
}

function byNumber(
	size: 1 | 2 | 4 | 8,
	signed: boolean,
	keys: DataView,
	offset: number,
): KeyComparer {
	const read = integerReader(size, signed);
	return (a, b) => {
		const x = read(keys, a + offset);
		const y = read(keys, b + offset);
		return x < y ? -1 : x > y ? 1 : 0;
	};
}

function byBytes(size: number, keys: DataView, offset: number): KeyComparer {
	const bytes = Buffer.from(keys.buffer, keys.byteOffset, keys.byteLength);
	return (a, b) => {
		const x = a + offset;
		const y = b + offset;
		return bytes.compare(bytes, y, y + size, x, x + size);
	};
}

// The order in which a map's keys are printed: numbers by value, strings by their bytes, tuples element by element.
import { integerReader } from "../../src/builtins/render/integers.ts";
import { layoutSize, type ValueLayout } from "../../src/types/value-layout.ts";

/** Negative, zero or positive, as `sort` wants it. */
export type KeyComparer = (a: DataView, b: DataView) => number;

export function keyComparer(layout: ValueLayout, at = 0): KeyComparer {
	switch (layout.kind) {
		case "int":
		case "enum":
			return byNumber(layout.size, layout.signed, at);
		case "pointer":
			return byNumber(8, false, at);
		case "tuple": {
			const elements = layout.elements.map((element) =>
				keyComparer(element.layout, at + element.offset),
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
			return byBytes(at, layoutSize(layout));
	}
}

function byNumber(
	size: 1 | 2 | 4 | 8,
	signed: boolean,
	at: number,
): KeyComparer {
	const read = integerReader(size, signed);
	return (a, b) => {
		const x = read(a, at);
		const y = read(b, at);
		return x < y ? -1 : x > y ? 1 : 0;
	};
}

function byBytes(at: number, size: number): KeyComparer {
	return (a, b) => Buffer.compare(bytesAt(a, at, size), bytesAt(b, at, size));
}

function bytesAt(view: DataView, at: number, size: number): Buffer {
	return Buffer.from(view.buffer, view.byteOffset + at, size);
}

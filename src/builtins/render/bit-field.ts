// Bit-fields: integers that take some bits of their storage unit.
import type {
	NamedLayoutField,
	ValueLayout,
} from "../../types/value-layout.ts";
import { type IntegerReader, integerReader } from "./integers.ts";

type Bits = NonNullable<NamedLayoutField["bits"]>;

/** How the field is read: never as a negative number. Members that are no integers (bools) count as bytes. */
export function bitFieldReader(layout: ValueLayout, bits: Bits): IntegerReader {
	const size =
		layout.kind === "int" || layout.kind === "enum" ? layout.size : 1;
	const read = integerReader(size, false);
	const shift = BigInt(bits.shift);
	return (view, at) =>
		BigInt.asUintN(bits.width, BigInt(read(view, at)) >> shift);
}

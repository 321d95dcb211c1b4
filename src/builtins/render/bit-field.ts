// Bit-fields: integers that take some bits of their storage unit.
import type {
	NamedLayoutField,
	ValueLayout,
} from "../../types/value-layout.ts";
import { type IntegerReader, integerReader } from "./integers.ts";

type Bits = NonNullable<NamedLayoutField["bits"]>;

/** How the field is read, sign included. Members that are no integers (bools) count as unsigned bytes. */
export function bitFieldReader(layout: ValueLayout, bits: Bits): IntegerReader {
	const unit =
		layout.kind === "int" || layout.kind === "enum"
			? layout
			: { size: 1 as const, signed: false };
	const read = integerReader(unit.size, false);
	const shift = BigInt(bits.shift);
	const narrow = unit.signed ? BigInt.asIntN : BigInt.asUintN;
	return (view, at) => narrow(bits.width, BigInt(read(view, at)) >> shift);
}

// Bit-fields as compilers before the kind flag (2018) wrote them: int types with fewer bits than their size.
import { type BtfPlace, btfKind, kindOf, word } from "./btf-data.ts";

/** Before the kind flag, a bit-field was an int type of its own with fewer bits than its size. */
export function legacyBits(unit: BtfPlace | undefined): number {
	if (unit === undefined || kindOf(unit) !== btfKind.int) return 0;
	const bits = word(unit, 3) & 0xff;
	return bits < word(unit, 2) * 8 ? bits : 0;
}

export function legacyBitStart(unit: BtfPlace | undefined): number {
	return unit === undefined ? 0 : (word(unit, 3) >>> 16) & 0xff;
}

// Bit-fields: of kernel structs wherever the running kernel has them, of all others where they were when compiling. As
// scripts expect, they are never negative: a flag of one bit is 1, though C would make it -1 where it is an `int`.
import type { PlaceStep } from "../semantic/ir.ts";
import { sizeOf } from "../types/layout.ts";
import { wideType } from "./c-types.ts";
import type { FunctionWriter } from "./function-writer.ts";
import { type Cursor, cursorAddress, structAt } from "./place-steps.ts";
import { type Access, loadNumber } from "./places.ts";

type Member = Extract<PlaceStep, { kind: "member" }>;

export function readBitField(
	w: FunctionWriter,
	cursor: Cursor,
	access: Access,
	step: Member,
): string {
	if (cursor.members) {
		w.include("core");
		const text = `read_bit_field((${structAt(cursor)}), ${cursor.members.path})`;
		return w.local(wideType(step.type), text, step.name);
	}
	const { offset = 0, size = 0 } = step.bits ?? {};
	const unit = unitFor(offset - step.offset * 8, size, sizeOf(step.type));
	const at = { ...cursor, offset: cursor.offset + unit.start };
	const type = { kind: "int", size: unit.bytes, signed: false } as const;
	const word = loadNumber(w, cursorAddress(w, at), type, access, step.name);
	const left = 64 - unit.shift - size;
	return `((${word} << ${left}) >> ${64 - size})`;
}

interface Unit {
	/** Bytes from the storage unit's start. */
	readonly start: number;
	readonly bytes: 1 | 2 | 4 | 8;
	/** Bits below the field. */
	readonly shift: number;
}

/** The naturally aligned word that holds the bits: the declared storage unit, unless they reach over its end. */
function unitFor(first: number, width: number, declared: number): Unit {
	const start = Math.floor(first / (declared * 8)) * declared;
	const shift = first - start * 8;
	const bytes =
		([1, 2, 4, 8] as const).find(
			(b) => b >= declared && shift + width <= b * 8,
		) ?? 8;
	return { start, bytes, shift };
}

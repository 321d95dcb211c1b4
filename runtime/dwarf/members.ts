// Members of structs and unions in debug information: offsets, bit-fields, base classes.
import type { Member, Type } from "../../src/types/types.ts";
import type { Die, Dies } from "./dies.ts";
import { At, Tag } from "./libdw.ts";

export function membersOf(
	dies: Dies,
	struct: Die,
	type: (die: Die | undefined) => Type,
): readonly Member[] {
	const found: Member[] = [];
	for (const die of dies.children(struct)) {
		const tag = dies.tag(die);
		// Static members of classes are declarations: no part of an object.
		if (tag === Tag.member && !dies.has(die, At.declaration))
			found.push(memberOf(dies, die, type));
		// Members of a base class count as the class's own.
		if (tag === Tag.inheritance)
			found.push({ ...memberOf(dies, die, type), name: "" });
	}
	return found;
}

function memberOf(
	dies: Dies,
	die: Die,
	type: (die: Die | undefined) => Type,
): Member {
	const held = dies.type(die);
	const offset = dies.number(die, At.memberLocation) ?? 0;
	const member = { name: dies.name(die), type: type(held), offset };
	const size = dies.number(die, At.bitSize);
	if (size === undefined) return member;
	const bytes = unitBytes(dies, die, held);
	const first = firstBit(dies, die, offset, bytes, size);
	const unit = bytes * 8;
	return {
		...member,
		offset: (Math.floor(first / unit) * unit) / 8,
		bits: { offset: first, size },
	};
}

/** Bytes of the storage unit: the size of the declared type. */
function unitBytes(dies: Dies, die: Die, held: Die | undefined): number {
	let at = held;
	let size = dies.number(die, At.byteSize);
	while (size === undefined && at !== undefined) {
		size = dies.number(at, At.byteSize);
		at = dies.type(at);
	}
	return size ?? 4;
}

/** DWARF 4 and later count from the struct's start; before, from the highest bit of the storage unit. */
function firstBit(
	dies: Dies,
	die: Die,
	offset: number,
	bytes: number,
	size: number,
): number {
	const first = dies.number(die, At.dataBitOffset);
	if (first !== undefined) return first;
	const fromTop = dies.number(die, At.bitOffset) ?? 0;
	return offset * 8 + bytes * 8 - fromTop - size;
}

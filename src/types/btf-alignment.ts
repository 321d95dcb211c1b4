// Alignments of BTF types. BTF tells sizes and offsets only; what C aligned by follows from them.
import {
	type BtfData,
	type BtfPlace,
	btfKind,
	flagOf,
	kindOf,
	lengthOf,
	placeOf,
	word,
} from "./btf-data.ts";

export type Align = 1 | 2 | 4 | 8;

/** Answers by type id; remembers what it found. */
export function alignments(btf: BtfData): (id: number) => Align {
	const known = new Map<number, Align>();
	const align = (id: number): Align => {
		let found = known.get(id);
		if (found === undefined) {
			found = find(placeOf(btf, id), align);
			known.set(id, found);
		}
		return found;
	};
	return align;
}

function find(
	place: BtfPlace | undefined,
	align: (id: number) => Align,
): Align {
	if (!place) return 1;
	switch (kindOf(place)) {
		case btfKind.int:
		case btfKind.float:
		case btfKind.enum:
		case btfKind.enum64:
			return powerOfTwo(word(place, 2));
		case btfKind.pointer:
			return 8;
		case btfKind.array:
			return align(word(place, 3));
		case btfKind.struct:
		case btfKind.union:
			return ofMembers(place, align);
		case btfKind.forward:
		case btfKind.funcProto:
			return 1;
		default:
			// Qualifiers, tags and typedefs are what they refer to.
			return align(word(place, 2));
	}
}

function powerOfTwo(size: number): Align {
	return ([8, 4, 2] as const).find((a) => a <= size) ?? 1;
}

/** The greatest of its members', or 1 where one of them stands askew, since the struct is packed then. */
function ofMembers(place: BtfPlace, align: (id: number) => Align): Align {
	let most: Align = 1;
	const flagged = flagOf(place);
	for (let i = 0; i < lengthOf(place); i++) {
		const own = align(word(place, 4 + i * 3));
		const stored = word(place, 5 + i * 3);
		const bits = flagged ? stored & 0xffffff : stored;
		const isBitField = flagged && stored >>> 24 !== 0;
		if (!isBitField && bits % (own * 8) !== 0) return 1;
		if (own > most) most = own;
	}
	return word(place, 2) % most === 0 ? most : 1;
}

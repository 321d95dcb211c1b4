// BTF types as kask's types. A struct is only named here, never expanded, so types that refer to themselves end.

import { type Align, alignments } from "./btf-alignment.ts";
import { legacyBitStart, legacyBits } from "./btf-bit-fields.ts";
import {
	type BtfData,
	type BtfPlace,
	btfKind,
	flagOf,
	kindOf,
	lengthOf,
	nameOf,
	placeOf,
	stringAt,
	word,
} from "./btf-data.ts";
import type { BtfIndex } from "./btf-index.ts";
import {
	type AddressSpace,
	boolType,
	type EnumType,
	intType,
	type Member,
	type StructType,
	type Type,
	type TypeOrigin,
	uint64,
	voidType,
} from "./types.ts";

export interface BtfSourceOptions {
	/** What the types say of where they come from. */
	readonly origin: TypeOrigin;
	/** The module a split BTF belongs to. */
	readonly module?: string;
}

/** Turns type ids into types; each id is turned once. */
export interface BtfTypes {
	type(id: number): Type;
	/** The id of a struct or union of this source, by its (perhaps made-up) name. */
	structId(kind: "struct" | "union", name: string): number | undefined;
	enumId(name: string): number | undefined;
	members(id: number): readonly Member[];
}

const structKinds = {
	struct: [btfKind.struct],
	union: [btfKind.union],
} as const;
export const enumKinds = [btfKind.enum, btfKind.enum64] as const;

export function btfTypes(
	btf: BtfData,
	index: BtfIndex,
	options: BtfSourceOptions,
): BtfTypes {
	const { module } = options;
	const known = new Map<number, Type>();
	const align = alignments(btf);
	const type = (id: number): Type => {
		let found = known.get(id);
		if (found === undefined) {
			const place = placeOf(btf, id);
			found = place
				? convert({ btf, index, options, type, align }, place, id)
				: voidType;
			known.set(id, found);
		}
		return found;
	};
	const anonymousId = (name: string): number | undefined => {
		const id = Number(/^\(anon (\d+)\b/.exec(name)?.[1]);
		return name === anonymousName(id, btf, module) ? id : undefined;
	};
	return {
		type,
		structId: (kind, name) =>
			anonymousId(name) ?? index.find(name, structKinds[kind]),
		enumId: (name) => anonymousId(name) ?? index.find(name, enumKinds),
		members: (id) => members(btf, id, type),
	};
}

/** What turning one type needs. */
interface Context {
	readonly btf: BtfData;
	readonly index: BtfIndex;
	readonly options: BtfSourceOptions;
	readonly type: (id: number) => Type;
	readonly align: (id: number) => Align;
}

function convert(context: Context, place: BtfPlace, id: number): Type {
	const { btf, index, options, type } = context;
	const { origin, module } = options;
	switch (kindOf(place)) {
		case btfKind.int:
			return convertInt(place);
		case btfKind.float:
			return convertFloat(word(place, 2));
		case btfKind.pointer: {
			const to = word(place, 2);
			return { kind: "pointer", to: type(to), space: spaceOf(btf, to) };
		}
		case btfKind.array:
			return { kind: "array", of: type(word(place, 3)), count: word(place, 5) };
		case btfKind.struct:
		case btfKind.union:
			return {
				...convertStruct(place, anonymousName(id, btf, module), origin),
				align: context.align(id),
			};
		case btfKind.forward:
			return convertForward(place, index, type, origin);
		case btfKind.enum:
		case btfKind.enum64:
			return convertEnum(place, anonymousName(id, btf, module), origin);
		case btfKind.funcProto:
			return voidType;
		default:
			// Qualifiers, tags, typedefs, functions and variables are what they refer to.
			return type(word(place, 2));
	}
}

/** Ids of modules overlap, so theirs carry the module's name. */
function anonymousName(
	id: number,
	btf: BtfData,
	module: string | undefined,
): string {
	const own = module !== undefined && id >= btf.firstId;
	return own ? `(anon ${id} ${module})` : `(anon ${id})`;
}

function convertInt(place: BtfPlace): Type {
	const encoding = (word(place, 3) >>> 24) & 0xf;
	const signed = (encoding & 1) !== 0;
	const size = word(place, 2);
	if ((encoding & 4) !== 0) return boolType;
	switch (size) {
		case 1:
			// `u8` and `s8` are "unsigned char" and "signed char" here; text is only ever plain `char`.
			return nameOf(place) === "char"
				? { kind: "int", size, signed, char: true }
				: intType(size, signed);
		case 2:
		case 4:
		case 8:
			return intType(size, signed);
		default:
			// __int128: two words are the nearest thing a program can load.
			return { kind: "array", of: uint64, count: Math.max(1, size / 8) };
	}
}

/** Floating point numbers cannot be computed with in eBPF; they keep their place and may be copied. */
function convertFloat(size: number): Type {
	const align = size === 2 || size === 4 ? size : 8;
	const params = { bytes: size };
	return { kind: "opaque", name: "float", size, align, params };
}

/** `__user` pointers point to something tagged "user"; `__percpu` and `__rcu` ones stay in the kernel. */
function spaceOf(btf: BtfData, pointee: number): AddressSpace {
	let place = placeOf(btf, pointee);
	while (place && isQualifier(kindOf(place))) {
		if (kindOf(place) === btfKind.typeTag && nameOf(place) === "user")
			return "user";
		place = placeOf(btf, word(place, 2));
	}
	return "kernel";
}

function isQualifier(kind: number): boolean {
	return (
		kind === btfKind.typeTag ||
		kind === btfKind.const ||
		kind === btfKind.volatile ||
		kind === btfKind.restrict
	);
}

function strip(btf: BtfData, id: number): number {
	let at = id;
	for (;;) {
		const place = placeOf(btf, at);
		if (place === undefined) return at;
		const kind = kindOf(place);
		if (kind !== btfKind.typedef && !isQualifier(kind)) return at;
		at = word(place, 2);
	}
}

function convertStruct(
	place: BtfPlace,
	anonymous: string,
	origin: TypeOrigin,
): StructType {
	const kind = kindOf(place) === btfKind.union ? "union" : "struct";
	return {
		kind,
		name: nameOf(place) || anonymous,
		origin,
		size: word(place, 2),
	};
}

/** A forward declaration is the struct itself where the blob has it, else one of no size and no members. */
function convertForward(
	place: BtfPlace,
	index: BtfIndex,
	type: (id: number) => Type,
	origin: TypeOrigin,
): Type {
	const kind = flagOf(place) ? "union" : "struct";
	const id = index.findByOffset(word(place, 0), structKinds[kind]);
	return id === undefined
		? { kind, name: nameOf(place), origin, size: 0 }
		: type(id);
}

function convertEnum(
	place: BtfPlace,
	anonymous: string,
	origin: TypeOrigin,
): EnumType {
	const stored = word(place, 2);
	const size = stored === 1 || stored === 2 || stored === 8 ? stored : 4;
	return {
		kind: "enum",
		name: nameOf(place) || anonymous,
		origin,
		size,
		signed: isSignedEnum(place),
	};
}

/**
 * Whether enumerators are signed. BTF made before clang 16 and pahole 1.24 does not say (the flag is 0 for all):
 * there small negative numbers, as of errno, are taken for what they are.
 */
export function isSignedEnum(place: BtfPlace): boolean {
	if (flagOf(place) || kindOf(place) === btfKind.enum64) return flagOf(place);
	for (let i = 0; i < lengthOf(place); i++) {
		if (word(place, 4 + i * 2) >= 0xffff0000) return true;
	}
	return false;
}

function members(
	btf: BtfData,
	id: number,
	type: (id: number) => Type,
): readonly Member[] {
	const place = placeOf(btf, id);
	if (place === undefined) return [];
	const kind = kindOf(place);
	if (kind !== btfKind.struct && kind !== btfKind.union) return [];
	const flagged = flagOf(place);
	const out: Member[] = [];
	for (let i = 0; i < lengthOf(place); i++) {
		const name = stringAt(place.btf, word(place, 3 + i * 3));
		const typeId = word(place, 4 + i * 3);
		const stored = word(place, 5 + i * 3);
		out.push(member(btf, name, typeId, flagged, stored, type(typeId)));
	}
	return out;
}

function member(
	btf: BtfData,
	name: string,
	typeId: number,
	flagged: boolean,
	stored: number,
	type: Type,
): Member {
	const bitOffset = flagged ? stored & 0xffffff : stored;
	const unit = placeOf(btf, strip(btf, typeId));
	const bitSize = flagged ? stored >>> 24 : legacyBits(unit);
	if (bitSize === 0) return { name, type, offset: bitOffset >>> 3 };
	const unitBits = (unit ? word(unit, 2) : 4) * 8;
	const first = bitOffset + (flagged ? 0 : legacyBitStart(unit));
	return {
		name,
		type,
		offset: (Math.floor(first / unitBits) * unitBits) / 8,
		bits: { offset: first, size: bitSize },
	};
}

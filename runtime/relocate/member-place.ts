// Where a member lies: in a struct as the object has it, by position, and in the kernel's of the same name, by names.
import type { BtfTypes } from "../../src/types/btf-types.ts";
import { sizeOf } from "../../src/types/layout.ts";
import type { KernelTypeSource } from "../../src/types/type-source.ts";
import type { Member, StructType, Type } from "../../src/types/types.ts";

/** A name of a member, or the index of an element. */
type Step = string | number;

export interface MemberPlace {
	/** Bytes from the start of the struct. */
	readonly offset: number;
	readonly type: Type;
}

export interface LocalPlace extends MemberPlace {
	readonly root: StructType;
	readonly path: readonly Step[];
}

const isStruct = (type: Type): type is StructType =>
	type.kind === "struct" || type.kind === "union";

/** undefined for all that is not a whole member of a struct. */
export function localPlace(
	types: BtfTypes,
	id: number,
	[index, ...positions]: readonly number[],
): LocalPlace | undefined {
	const root = types.type(id);
	if (index !== 0 || !isStruct(root)) return undefined;
	const path: Step[] = [];
	let place: MemberPlace = { offset: 0, type: root };
	for (const position of positions) {
		const of = place.type;
		const member = isStruct(of) ? membersOf(types, of)[position] : undefined;
		const next = member
			? memberPlace(place.offset, member)
			: elementPlace(place, position);
		if (!next) return undefined;
		// libbpf looks through members without a name, too.
		if (member?.name !== "") path.push(member?.name ?? position);
		place = next;
	}
	return { ...place, root, path };
}

function membersOf(types: BtfTypes, of: StructType): readonly Member[] {
	const id = types.structId(of.kind, of.name);
	return id === undefined ? [] : types.members(id);
}

function memberPlace(
	start: number,
	{ offset, type, bits }: Member,
): MemberPlace | undefined {
	return bits ? undefined : { offset: start + offset, type };
}

function elementPlace(
	{ offset, type }: MemberPlace,
	index: number,
): MemberPlace | undefined {
	if (type.kind !== "array" || index >= type.count) return undefined;
	return { offset: offset + index * sizeOf(type.of), type: type.of };
}

/** What follows three underscores tells structs of the object apart, and is no part of the kernel's name. */
const withoutFlavor = (name: string): string => name.replace(/___.*$/, "");

/** The same member in the kernel itself; undefined where it is not there, in a module, or of another size. */
export function kernelPlace(
	kernel: KernelTypeSource,
	{ root, path, type }: LocalPlace,
): MemberPlace | undefined {
	const name = withoutFlavor(root.name);
	const struct = kernel.struct(root.kind, name);
	if (!struct || kernel.typeId("struct", name) === undefined) return undefined;
	let place: MemberPlace | undefined = { offset: 0, type: struct };
	for (const step of path) {
		if (!place) return undefined;
		place =
			typeof step === "number"
				? elementPlace(place, step)
				: namedPlace(kernel, place, step);
	}
	return place && sizeOf(place.type) === sizeOf(type) ? place : undefined;
}

function namedPlace(
	kernel: KernelTypeSource,
	{ offset, type }: MemberPlace,
	name: string,
): MemberPlace | undefined {
	if (!isStruct(type)) return undefined;
	for (const member of kernel.members(type)) {
		if (member.name === name) return memberPlace(offset, member);
		if (member.name !== "") continue;
		const inner: MemberPlace = {
			offset: offset + member.offset,
			type: member.type,
		};
		const found = namedPlace(kernel, inner, name);
		if (found) return found;
	}
	return undefined;
}

// What may be meant by the name of a member that a struct does not have.
import { nearestName } from "../base/suggest.ts";
import type { TypeSource } from "../types/type-source.ts";
import type { Member, StructType } from "../types/types.ts";

interface Place {
	readonly path: string;
	readonly type: StructType;
}

/** A member, or the way to one that lies deeper than the script says. */
export function nearestMember(
	types: TypeSource,
	of: StructType,
	name: string,
): string | undefined {
	const names = memberNames(types, of);
	return (
		// 5.14 renamed a task's `state` to `__state`, so that nobody would use it by habit.
		names.find((n) => n !== name && n.replace(/^_+/, "") === name) ??
		findInBase(types, of, name) ??
		nearestName(name, names) ??
		findEmbedded(types, of, name)
	);
}

export function memberNames(
	types: TypeSource,
	type: StructType,
): readonly string[] {
	return membersAt(types, { path: "", type }).map(({ path }) => path);
}

/**
 * The way to a member of this name but for its prefix, in the struct with which this one begins and which it extends.
 * The kernel's headers have macros for many of these (`sk_family` stands for `__sk_common.skc_family`), which its BTF
 * does not know.
 */
function findInBase(
	types: TypeSource,
	of: StructType,
	name: string,
): string | undefined {
	const wanted = afterPrefix(name);
	let base = firstStruct(types, { path: "", type: of });
	while (base !== undefined && wanted !== undefined) {
		const found = membersAt(types, base).find(
			({ member }) => afterPrefix(member.name) === wanted,
		);
		if (found) return found.path;
		base = firstStruct(types, base);
	}
	return undefined;
}

/** The way to a member of this very name in a struct that lies in this one. */
function findEmbedded(
	types: TypeSource,
	of: StructType,
	name: string,
): string | undefined {
	return embedded(types, { path: "", type: of })
		.flatMap((place) => membersAt(types, place))
		.find(({ member }) => member.name === name)?.path;
}

function firstStruct(types: TypeSource, place: Place): Place | undefined {
	const [first] = membersAt(types, place);
	return first?.member.type.kind === "struct"
		? { path: first.path, type: first.member.type }
		: undefined;
}

/** Structs that lie in a struct, not behind a pointer, and have a name there. */
function embedded(types: TypeSource, place: Place): readonly Place[] {
	return membersAt(types, place).flatMap(({ path, member }) =>
		member.type.kind === "struct" ? [{ path, type: member.type }] : [],
	);
}

/** All members, those of anonymous structs and unions as well. */
function membersAt(
	types: TypeSource,
	{ path, type }: Place,
): readonly { readonly path: string; readonly member: Member }[] {
	return types.members(type).flatMap((member) => {
		if (member.name !== "")
			return [{ path: path ? `${path}.${member.name}` : member.name, member }];
		const inner = member.type;
		return inner.kind === "struct" || inner.kind === "union"
			? membersAt(types, { path, type: inner })
			: [];
	});
}

/** Members carry the short name of their struct: `skc_family`, `sk_family`. */
function afterPrefix(name: string): string | undefined {
	return /^[a-z]+_(.+)$/.exec(name)?.[1];
}

// Where a member stands, looked for in the anonymous structs and unions inside too.
import type { TypeSource } from "./type-source.ts";
import type { StructType } from "./types.ts";

/** Bytes from the start of the struct; undefined where it has no such member. */
export function offsetOfMember(
	types: TypeSource,
	of: StructType,
	name: string,
): number | undefined {
	for (const member of types.members(of)) {
		if (member.name === name) return member.offset;
		const { type } = member;
		if (member.name !== "" || (type.kind !== "struct" && type.kind !== "union"))
			continue;
		const inner = offsetOfMember(types, type, name);
		if (inner !== undefined) return member.offset + inner;
	}
	return undefined;
}

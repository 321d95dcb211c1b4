// has_member(): whether a struct has a member on this kernel, so that one script fits several.
import { offsetOfMember } from "../types/member-offset.ts";
import { boolType } from "../types/types.ts";
import type { BuiltinDefinition, CheckCall } from "./definition.ts";

function holds({ args: [value, member], types }: CheckCall): boolean {
	const type = value?.type.kind === "pointer" ? value.type.to : value?.type;
	if (type?.kind !== "struct" && type?.kind !== "union") return false;
	return offsetOfMember(types, type, member?.word ?? "") !== undefined;
}

export const hasMember: BuiltinDefinition = {
	name: "has_member",
	group: "data",
	signatures: ["has_member(value: any|type, name: word)"],
	doc: "Whether a struct, or what a pointer points to, has a member of this name: kernels differ. Known when compiling: `if comptime has_member(args, rx_sk) { … }`.",
	example:
		'begin { printf("%d\\n", has_member(struct task_struct, comm)); exit(); }',
	check: () => boolType,
	fold: holds,
};

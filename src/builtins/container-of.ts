// container_of(): the struct around a member.
import { typeName } from "../types/type-name.ts";
import type { TypeSource } from "../types/type-source.ts";
import type { StructType, Type } from "../types/types.ts";
import { pointerTo, voidType } from "../types/types.ts";
import type {
	BuiltinDefinition,
	CheckCall,
	EmitCall,
	Emitter,
	TypedExpr,
} from "./definition.ts";

/** Bytes from the start of the struct to a member, which may be one of an anonymous member's. */
function offsetOf(
	types: TypeSource,
	of: StructType,
	name: string,
): number | undefined {
	for (const member of types.members(of)) {
		if (member.name === name) return member.offset;
		const { type } = member;
		if (member.name !== "" || (type.kind !== "struct" && type.kind !== "union"))
			continue;
		const inner = offsetOf(types, type, name);
		if (inner !== undefined) return member.offset + inner;
	}
	return undefined;
}

function structOf(container: TypedExpr | undefined): StructType | undefined {
	const type = container?.type;
	return type?.kind === "struct" || type?.kind === "union" ? type : undefined;
}

function check(call: CheckCall): Type {
	const [pointer, container, member] = call.args;
	const struct = structOf(container);
	const field = member?.word ?? "";
	const type = container ? typeName(container.type) : "";
	if (!struct) call.report("E0210", { field, type }, { span: container?.span });
	else if (offsetOf(call.types, struct, field) === undefined)
		call.report("E0211", { field, type }, { span: member?.span });
	const space =
		pointer?.type.kind === "pointer" ? pointer.type.space : "kernel";
	return pointerTo(struct ?? voidType, space);
}

function emitScalar(emitter: Emitter, { args }: EmitCall): string {
	const [pointer, container, member] = args;
	const struct = structOf(container);
	if (!pointer || !struct) return "0";
	const name = member?.word ?? "";
	const address = emitter.scalar(pointer);
	if (struct.origin !== "kernel")
		return `((u64)${address} - ${offsetOf(emitter.types, struct, name) ?? 0})`;
	// The running kernel may have the member elsewhere.
	const of = emitter.kernelStruct(struct, [name]);
	return `((u64)${address} - (u64)&((${of} *)0)->${name})`;
}

export const containerOf: BuiltinDefinition = {
	name: "container_of",
	group: "data",
	signatures: [
		"container_of(member: pointer|int, container: type, name: word)",
	],
	doc: "The struct that a member is part of: a pointer to it from a pointer to the member.",
	example:
		'begin { $task = container_of(&curtask.comm, struct task_struct, comm); printf("%d\\n", $task.pid == tid); exit(); }',
	check,
	emitScalar,
};

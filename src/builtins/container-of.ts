// container_of(): the struct around a member.
import { offsetOfMember } from "../types/member-offset.ts";
import { typeName } from "../types/type-name.ts";
import type { StructType, Type } from "../types/types.ts";
import { pointerTo, voidType } from "../types/types.ts";
import type {
	BuiltinDefinition,
	CheckCall,
	EmitCall,
	Emitter,
	TypedExpr,
} from "./definition.ts";

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
	else if (offsetOfMember(call.types, struct, field) === undefined)
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
		return `((u64)${address} - ${offsetOfMember(emitter.types, struct, name) ?? 0})`;
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

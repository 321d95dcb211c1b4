// curtask: the kernel's own record of the thread that runs.
import { pointerTo, voidType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";

export const curtask: BuiltinDefinition = {
	name: "curtask",
	group: "context",
	signatures: ["curtask"],
	doc: "Pointer to the `struct task_struct` of the thread that runs.",
	example: 'begin { printf("%d\\n", curtask->tgid); exit(); }',
	namesThread: true,
	check: (call) => {
		const task = call.types.struct("struct", "task_struct");
		return task ? pointerTo(task, "kernel", true) : pointerTo(voidType);
	},
	// The verifier knows what this pointer points to, so that its fields are read without a helper.
	emitScalar: (emitter) =>
		`((u64)${emitter.once("task", "void *", "bpf_get_current_task_btf()")})`,
};

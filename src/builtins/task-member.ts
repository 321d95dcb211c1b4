// What the kernel's record of a thread tells of its relatives: ppid, pcomm, leader_tid, leader_comm.
import { sizeOf } from "../types/layout.ts";
import type { TypeSource } from "../types/type-source.ts";
import { stringType, type Type, uint32 } from "../types/types.ts";
import type {
	BuiltinDefinition,
	CheckCall,
	EmitCall,
	Emitter,
} from "./definition.ts";

/** Members of `struct task_struct`. */
type Relative = "real_parent" | "group_leader";
type Told = "pid" | "comm";

function taskStruct(types: TypeSource) {
	return types.struct("struct", "task_struct");
}

function check(
	call: CheckCall,
	name: string,
	relative: Relative,
	told: Told,
): Type {
	const task = taskStruct(call.types);
	const members = task ? call.types.members(task) : [];
	const [, found] = [relative, told].map((m) => {
		const member = members.find((each) => each.name === m);
		if (!member) call.report("E0474", { name, member: m });
		return member;
	});
	if (told === "pid") return uint32;
	return stringType(found ? sizeOf(found.type) : 1);
}

/** C text of a pointer to the relative's task. */
function relativeOf(
	emitter: Emitter,
	{ args }: EmitCall,
	struct: string,
	relative: Relative,
): string {
	const [given] = args;
	if (given) {
		const task = emitter.local("u64", "0", relative);
		const from = `&((${struct} *)${emitter.scalar(given)})->${relative}`;
		emitter.line(`bpf_probe_read_kernel(&${task}, sizeof(${task}), ${from});`);
		return `((${struct} *)${task})`;
	}
	// The verifier knows the thread that runs, and reads it without a helper.
	const own = emitter.once("task", "void *", "bpf_get_current_task_btf()");
	return `((${struct} *)((${struct} *)${own})->${relative})`;
}

function structOf(emitter: Emitter, members: readonly string[]): string {
	const type = taskStruct(emitter.types);
	if (!type) throw new Error("E0928: no struct task_struct");
	return emitter.kernelStruct(type, members);
}

export function taskMember(
	name: string,
	relative: Relative,
	told: Told,
	doc: string,
): BuiltinDefinition {
	return {
		name,
		group: "context",
		signatures: [name, `${name}(task: pointer)`],
		doc: `${doc} Of another thread where its \`struct task_struct\` is given.`,
		example: `begin { print(${name}); exit(); }`,
		check: (call) => check(call, name, relative, told),
		emitScalar: (emitter, call) => {
			const struct = structOf(emitter, [relative, told]);
			const task = relativeOf(emitter, call, struct, relative);
			const from = `${task}->${told}`;
			if (call.args.length === 0) return `((u64)(u32)${from})`;
			const id = emitter.local("u32", "0", name);
			emitter.line(`bpf_probe_read_kernel(&${id}, sizeof(${id}), &${from});`);
			return `((u64)${id})`;
		},
		emitInto: (emitter, call, dest) => {
			const struct = structOf(emitter, [relative, told]);
			const task = relativeOf(emitter, call, struct, relative);
			const size = sizeOf(call.type);
			emitter.line(
				`bpf_probe_read_kernel(${dest}, ${size}, &${task}->${told});`,
			);
		},
	};
}

// comm: a thread's name.
import { stringType } from "../types/types.ts";
import type {
	BuiltinDefinition,
	CheckCall,
	EmitCall,
	Emitter,
} from "./definition.ts";

/** Bytes of a thread's name in the kernel, the NUL included. */
const COMM_BYTES = 16;

const LOOK_UP = "bpf_task_from_pid";

function check(call: CheckCall) {
	if (call.args.length > 0 && call.probe.provider !== "") {
		const { machine, probe } = call;
		if (!machine.mayCall(LOOK_UP, probe.programType))
			call.report("E0478", { name: "comm(pid)", provider: probe.provider });
	}
	return stringType(COMM_BYTES);
}

/** The name of a process that is named by its id; empty where there is none. */
function emitNameOf(emitter: Emitter, pid: string, dest: string): void {
	emitter.include("tasks");
	const type = emitter.types.struct("struct", "task_struct");
	if (!type) throw new Error("E0928: no struct task_struct");
	const struct = emitter.kernelStruct(type, ["comm"]);
	emitter.zero(dest, COMM_BYTES);
	const task = emitter.local(
		`${struct} *`,
		`(void *)bpf_task_from_pid((s32)${pid})`,
		"task",
	);
	emitter.block(`if (${task})`, () => {
		const from = `&${task}->comm`;
		emitter.line(`bpf_probe_read_kernel(${dest}, ${COMM_BYTES}, ${from});`);
		emitter.line(`bpf_task_release((void *)${task});`);
	});
}

export const comm: BuiltinDefinition = {
	name: "comm",
	group: "context",
	signatures: ["comm", "comm(pid: int)"],
	doc: "The name of the thread that runs, at most 15 bytes: the program's file name unless the thread has been given another. With a pid, of that process, on kernels (since 6.2; in most probes since 6.12) that can look one up; empty where there is none.",
	example: "begin { print(comm); exit(); }",
	check,
	steady: true,
	emitInto: (emitter: Emitter, { args, loose }: EmitCall, dest) => {
		const [pid] = args;
		if (pid) {
			emitNameOf(emitter, emitter.scalar(pid), dest);
			return;
		}
		if (emitter.machine.padsNames) {
			emitter.include("thread");
			const name = emitter.local("const u64 *", "own_comm()", "name");
			emitter.copy(dest, name, COMM_BYTES);
			return;
		}
		// Linux 6.1 leaves what is behind the name as it was: equal names would be different keys.
		if (!loose) emitter.zero(dest, COMM_BYTES);
		emitter.line(`bpf_get_current_comm(${dest}, ${COMM_BYTES});`);
	},
};

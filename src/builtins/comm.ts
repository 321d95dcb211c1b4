// comm: the thread's name.
import { stringType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";

/** Bytes of a thread's name in the kernel, the NUL included. */
const COMM_BYTES = 16;

export const comm: BuiltinDefinition = {
	name: "comm",
	group: "context",
	signatures: ["comm"],
	doc: "The name of the thread that runs, at most 15 bytes: the program's file name unless the thread has been given another.",
	example: "begin { print(comm); exit(); }",
	check: () => stringType(COMM_BYTES),
	// The kernel pads the name with zeros.
	emitInto: (emitter, _call, dest) =>
		emitter.line(`bpf_get_current_comm(${dest}, ${COMM_BYTES});`),
};

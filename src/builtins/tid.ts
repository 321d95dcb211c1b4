// tid: the thread that runs: its id. The first thread of a process has the process's id.
import { uint32 } from "../types/types.ts";
import { checkWord } from "./check-word.ts";
import { lowHalf, pidAndTid } from "./current-ids.ts";
import type { BuiltinDefinition } from "./definition.ts";

export const tid: BuiltinDefinition = {
	name: "tid",
	group: "context",
	signatures: ["tid", "tid(namespace?: word)"],
	doc: "The thread that runs: its id. The first thread of a process has the process's id. Namespaces as for pid: tid(init).",
	example: "begin { print(tid); exit(); }",
	namesThread: true,
	check: (call) => {
		checkWord(call, "tid", call.args[0], ["curr_ns", "init"]);
		return uint32;
	},
	emitScalar: (emitter, { args }) => lowHalf(pidAndTid(emitter, args[0]?.word)),
};

// pid: the process that runs: its id.
import { uint32 } from "../types/types.ts";
import { checkWord } from "./check-word.ts";
import { highHalf, pidAndTid } from "./current-ids.ts";
import type { BuiltinDefinition } from "./definition.ts";

export const pid: BuiltinDefinition = {
	name: "pid",
	group: "context",
	signatures: ["pid", "pid(namespace?: word)"],
	doc: "The process that runs: its id, as kask's own pid namespace (curr_ns) numbers it; pid(init) is the number outside all containers.",
	example: "begin { print(pid); exit(); }",
	namesThread: true,
	check: (call) => {
		checkWord(call, "pid", call.args[0], ["curr_ns", "init"]);
		return uint32;
	},
	emitScalar: (emitter, { args }) =>
		highHalf(pidAndTid(emitter, args[0]?.word)),
};

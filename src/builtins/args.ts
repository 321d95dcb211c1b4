// args: the arguments of the event by name.
import { pointerTo, voidType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { systemCall } from "./system-call.ts";

export const args: BuiltinDefinition = {
	name: "args",
	group: "context",
	signatures: ["args"],
	doc: "The event's arguments by name, as in args.filename. `kask -lv PROBE` lists them with their types.",
	example:
		"tracepoint:syscalls:sys_exit_read { @bytes = hist(args.ret); exit(); }",
	perProbe: "fields",
	check: (call) => {
		if (call.probe.args) return call.probe.args;
		const where =
			call.probe.provider === "uprobe"
				? "args takes the program's debug information (compile it with -g); arg0, arg1 … work without"
				: "kask -lv lists the arguments of a probe; arg0, arg1 … work for kprobes and uprobes";
		call.report("E0460", {
			name: "args",
			provider: call.probe.provider,
			where,
		});
		return pointerTo(voidType, "none");
	},
	emitScalar: (emitter, { probe }) =>
		probe.call ? systemCall(emitter, probe.call) : `((u64)${emitter.context})`,
};

// retval: what the function returned.
import { uint64 } from "../types/types.ts";
import { contextWord } from "./context-word.ts";
import type { BuiltinDefinition } from "./definition.ts";

export const retval: BuiltinDefinition = {
	name: "retval",
	group: "context",
	signatures: ["retval"],
	doc: "What the traced function returned.",
	example:
		'uretprobe:/bin/bash:readline { printf("%s\\n", str(retval)); exit(); }',
	perProbe: "args",
	check: (call) => {
		if (call.probe.retval) return call.probe.retval;
		const where =
			"use it in kretprobe, uretprobe or fexit; tracepoints have args.ret";
		call.report("E0460", {
			name: "retval",
			provider: call.probe.provider,
			where,
		});
		return uint64;
	},
	emitScalar: (emitter, { probe, type }) =>
		contextWord(emitter, probe.retvalOffset ?? 0, type),
};

// dw_ustack: the process's call stack, found by what its programs and libraries say of their own frames.
import type { OpaqueType } from "../types/types.ts";
import type { BuiltinDefinition, CheckCall } from "./definition.ts";
import { renderUstack } from "./render/ustack.ts";
import { checkStack, stackSignatures } from "./stack.ts";
import { ustack } from "./ustack.ts";

const name = "dw_ustack";

function check(call: CheckCall): OpaqueType {
	if (call.machine.architecture !== "x64")
		call.report("E0471", { name, machines: "x86-64" });
	else if (!call.settings.hasTargets) call.report("E0484", { name });
	return checkStack(call, name);
}

export const dwUstack: BuiltinDefinition = {
	name,
	group: "symbols",
	signatures: stackSignatures(name),
	doc: "The process's call stack where programs were built without frame pointers: it is unwound by the tables in their .eh_frame. They are read when the run begins, so it has to be known which processes it is about: those of -p, -c and --dwarf-pid. Modes and depth as for ustack, which takes less time.",
	lost: "a stack of a process that is none of those (counted), or where the map for stacks is full (counted); frames beyond code whose tables do not say how to go on; those of libraries that were loaded in the last quarter of a second",
	example: "profile:hz:99 { @[dw_ustack(5)] = count(); exit(); }",
	exampleArgs: ["-c", "sleep 5"],
	needs: ["task_pt_regs"],
	unstable: "unstable_dw_ustack",
	check,
	emitInto: ustack.emitInto,
	opaque: renderUstack,
};

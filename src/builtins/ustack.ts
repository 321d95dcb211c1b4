// ustack: the process's own call stack.
import { highHalf, pidAndTid } from "./current-ids.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { renderUstack } from "./render/ustack.ts";
import { checkStack, stackSignatures, storeStack } from "./stack.ts";

export const ustack: BuiltinDefinition = {
	name: "ustack",
	group: "symbols",
	signatures: stackSignatures("ustack"),
	doc: "The process's call stack, innermost function first, found by frame pointers. Modes and depth as for kstack.",
	lost: "a stack, where the kernel's table has no place for it and the map for such stacks is full (counted); frames of programs that were built without frame pointers; names of processes that have ended, where they could not be looked at before",
	example: "profile:hz:99 { @[ustack(5)] = count(); exit(); }",
	check: (call) => checkStack(call, "ustack"),
	emitInto: (emitter, { type }, dest) => {
		emitter.line(`*(s64 *)${dest} = ${storeStack(emitter, type)};`);
		emitter.line(`*(u64 *)(${dest} + 8) = ${highHalf(pidAndTid(emitter))};`);
	},
	opaque: renderUstack,
};

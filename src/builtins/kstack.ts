// kstack: the kernel's call stack.
import type { BuiltinDefinition } from "./definition.ts";
import { renderKstack } from "./render/kstack.ts";
import { checkStack, stackSignatures, storeStack } from "./stack.ts";

export const kstack: BuiltinDefinition = {
	name: "kstack",
	perProbe: "frames",
	group: "symbols",
	signatures: stackSignatures("kstack"),
	doc: "The kernel's call stack, innermost function first. Modes are bpftrace, perf, raw, build_id, names (functions alone) and folded (one line for flame graphs: each function led by a semicolon, outermost first), both also as names_k and folded_k, which mark kernel functions; a mode may also be a text known when compiling; the depth is 127 frames unless another is given.",
	lost: "a stack, where the kernel's table has no place for it and the map for such stacks is full (counted)",
	example: "profile:hz:99 { @[kstack(5)] = count(); exit(); }",
	check: (call) => checkStack(call, "kstack"),
	emitScalar: (emitter, { type }) => `((u64)${storeStack(emitter, type)})`,
	opaque: renderKstack,
};

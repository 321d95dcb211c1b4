// usermode: whether the CPU was running the process itself when the probe fired.
import { registerLayout } from "../base/registers.ts";
import { uint8 } from "../types/types.ts";
import type { BuiltinDefinition, ProbeFacts } from "./definition.ts";

/** Lowest bits of the code segment on x86-64. */
const PRIVILEGE_MASK = 3;

/** Probes that run on behalf of kask's own process. */
const own = new Set(["begin", "end", "self", "test", "bench"]);

/** undefined where the saved registers tell. */
function known(probe: ProbeFacts): bigint | undefined {
	if (own.has(probe.provider)) return 1n;
	return probe.hasRegisters ? undefined : 0n;
}

export const usermode: BuiltinDefinition = {
	name: "usermode",
	group: "context",
	signatures: ["usermode"],
	doc: "1 where the CPU was running the process's own code when the probe fired, 0 where it was in the kernel. Only on x86-64.",
	example: "profile:hz:99 { @[usermode] = count(); exit(); }",
	check: (call) => {
		if (registerLayout().byName.cs === undefined)
			call.report("E0471", { name: "usermode", machines: "x86-64" });
		return uint8;
	},
	emitScalar: (emitter, { probe }) => {
		const value = known(probe);
		if (value !== undefined) return `${value}ULL`;
		const cs = registerLayout().byName.cs ?? 0;
		return `((u64)((*(u64 *)(${emitter.context} + ${cs}) & ${PRIVILEGE_MASK}) == ${PRIVILEGE_MASK}))`;
	},
};

// elapsed: time since tracing began.
import { uint64 } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { emitRunFact } from "./run-fact.ts";

export const elapsed: BuiltinDefinition = {
	name: "elapsed",
	group: "context",
	signatures: ["elapsed"],
	doc: "Nanoseconds since tracing began.",
	example: 'interval:s:1 { printf("%d ms\\n", elapsed / 1000000); exit(); }',
	check: () => uint64,
	emitScalar: (emitter) => {
		const began = emitRunFact(emitter, "began");
		return emitter.local(
			"u64",
			`bpf_ktime_get_boot_ns() - ${began}`,
			"elapsed",
		);
	},
};

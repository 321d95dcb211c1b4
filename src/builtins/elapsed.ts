// elapsed: time since tracing began.
import { uint64 } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";

export const elapsed: BuiltinDefinition = {
	name: "elapsed",
	group: "context",
	signatures: ["elapsed"],
	doc: "Nanoseconds since tracing began.",
	example: 'interval:s:1 { printf("%d ms\\n", elapsed / 1000000); exit(); }',
	check: () => uint64,
	emitScalar: (emitter) => {
		const began = emitter.auxiliaryMap({
			symbol: "began",
			role: "clock",
			type: "array",
			keySize: 4,
			valueSize: 8,
			maxEntries: 1,
		});
		const start = emitter.local(
			"u64 *",
			`bpf_map_lookup_elem(${began}, &(u32){ 0 })`,
			"start",
		);
		return emitter.local(
			"u64",
			`bpf_ktime_get_boot_ns() - (${start} ? *${start} : 0)`,
			"elapsed",
		);
	},
};

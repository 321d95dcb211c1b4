// Reading what the run time wrote about the run before it began.
import { type RunFact, runFactCount, runFacts } from "../base/run-facts.ts";
import type { Emitter } from "./definition.ts";

const FACT_BYTES = 8;

/** C scalar, a u64. */
export function emitRunFact(emitter: Emitter, fact: RunFact): string {
	const cell = emitRunFactCell(emitter, fact);
	return `(${cell} ? *${cell} : 0)`;
}

/** A `u64 *`, which may be NULL for all that the verifier knows. */
export function emitRunFactCell(emitter: Emitter, fact: RunFact): string {
	const facts = emitter.auxiliaryMap({
		symbol: "facts",
		role: "facts",
		type: "array",
		keySize: 4,
		valueSize: FACT_BYTES,
		maxEntries: runFactCount,
	});
	return emitter.local(
		"u64 *",
		`bpf_map_lookup_elem(${facts}, &(u32){ ${runFacts[fact]} })`,
		"fact",
	);
}

// Programs on the tracepoints of all system calls: the number, and what the caller's registers hold.
import type { Emitter, SystemCallFacts } from "./definition.ts";

/** A `char *`: laid out as the record of the perf kind would be. */
export function systemCall(emitter: Emitter, call: SystemCallFacts): string {
	emitter.include("syscalls");
	// A call of its own number is known to be of 64 bits.
	const how = call.when === "exit" ? "left" : call.numbers ? "entered" : "any";
	const name = emitter.once(
		"call",
		"struct system_call",
		`${how}_call(${emitter.context})`,
	);
	return `((u64)&${name})`;
}

/** Its place among the calls of a program that serves several, from 1. The program has looked it up already. */
export function callIndex(emitter: Emitter): string {
	return emitter.once("call_index", "u64", "0");
}

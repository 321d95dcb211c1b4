// How large the ring buffer must be. Most scripts print from rare places only: their few events need no room for bursts,
// and a large buffer takes 8 ms to set up and take down, and counts as memory of the process.
import type { TypedProgram } from "../semantic/ir.ts";
import { hasLoops } from "./effects.ts";
import type { ScriptWriter } from "./script-writer.ts";

/** Places that are passed once, at a person's wish, or by the clock. */
const rare: ReadonlySet<string> = new Set([
	"begin",
	"end",
	"interval",
	"signal",
]);

/** True where all that one run of it can print is known: each event at most once. */
export function printsLittle(program: TypedProgram): boolean {
	return (
		program.attach.every(({ target }) => rare.has(target.kind)) &&
		!hasLoops(program.body)
	);
}

/** Where `begin` prints, nobody reads yet; where an interval does, the reader of a pipe may have stopped for a while. */
const LEAST_BYTES = 256 << 10;
const ROUNDS = 256;

/** A power of two. */
export function ringBytes(script: ScriptWriter): number {
	const { settings, ringAsked } = script.script;
	if (ringAsked || script.printsMuch || script.script.functions.length > 0)
		return settings.ringBytes;
	const once = script.events.reduce((sum, { size }) => sum + size + 8, 0);
	const wanted = Math.max(LEAST_BYTES, once * ROUNDS);
	return Math.min(settings.ringBytes, 2 ** Math.ceil(Math.log2(wanted)));
}

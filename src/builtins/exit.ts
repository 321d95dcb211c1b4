// exit(): the end of the run.
import { endedUnheard } from "../base/run-facts.ts";
import { uint64, voidType } from "../types/types.ts";
import type {
	BuiltinDefinition,
	EmitCall,
	Emitter,
	EventField,
	EventParams,
} from "./definition.ts";
import { handleExit } from "./handle/exit.ts";
import { emitRunFactCell } from "./run-fact.ts";

/**
 * Probes go on until the run time has heard of it and detached, as they do in bpftrace: the end is told once, however
 * often the same event comes again. In a storm of output there may be no room to tell it; then a cell of a map does.
 */
function emitStatement(emitter: Emitter, { args, span }: EmitCall): void {
	const [code] = args;
	const constant = code?.constant;
	const known =
		typeof constant === "bigint"
			? Number(BigInt.asUintN(8, constant))
			: undefined;
	const given =
		known ?? (code ? emitter.local("u64", emitter.scalar(code), "code") : 0);
	const cell = emitRunFactCell(emitter, "ended");
	const field: EventField = {
		name: "code",
		value: { type: uint64, span },
		write: (w, dest) => w.line(`*(u64 *)${dest} = ${given};`),
	};
	const fields = code && known === undefined ? [field] : [];
	const params: EventParams = known === undefined ? {} : { code: known };
	emitter.block(`if (${cell} && !*${cell})`, () => {
		emitter.line(`*${cell} = 1;`);
		emitter.event("exit", params, fields, span, () =>
			emitter.line(`*${cell} = ${endedUnheard} + (u8)${given};`),
		);
	});
	emitter.leave();
}

export const exit: BuiltinDefinition = {
	name: "exit",
	group: "output",
	signatures: ["exit(code?: int)"],
	doc: "Ends the run once all that was printed before is out; maps are printed and `end` probes run. The probe (or the function that it stands in) ends here. Until user space has heard of it, a moment later, other events are still counted in maps; none is printed, and a timer that has ended the run does not tick again.",
	runs: "in two halves: at the event the kernel marks in a map that the run is over, and tells user space, which ends it a moment later",
	// Where the ring buffer has no room, user space finds the mark.
	lost: false,
	example: "begin { exit(); }",
	check: () => voidType,
	endsRun: true,
	emitStatement,
	handle: handleExit,
};

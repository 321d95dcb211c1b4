// exit(): the end of the run.
import { voidType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { handleExit } from "./handle/exit.ts";

export const exit: BuiltinDefinition = {
	name: "exit",
	group: "output",
	signatures: ["exit(code?: int)"],
	doc: "Ends the run once all that was printed before is out; maps are printed and `end` probes run. The probe ends here.",
	example: "begin { exit(); }",
	check: () => voidType,
	emitStatement: (emitter, { args, span }) => {
		const [code] = args;
		if (typeof code?.constant === "bigint") {
			emitter.event(
				"exit",
				{ code: Number(BigInt.asUintN(8, code.constant)) },
				[],
				span,
			);
		} else
			emitter.event(
				"exit",
				{},
				code ? [{ name: "code", value: code }] : [],
				span,
			);
		emitter.leave();
	},
	handle: handleExit,
};

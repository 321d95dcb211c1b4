// Bare words as arguments: `nsecs(boot)`, `kstack(perf)`.
import type { CheckCall, TypedExpr } from "./definition.ts";

/** Reports a word that is none of `known`. */
export function checkWord(
	call: CheckCall,
	name: string,
	argument: TypedExpr | undefined,
	known: readonly string[],
): void {
	if (argument?.word === undefined || known.includes(argument.word)) return;
	const wanted = known.join(", ");
	const found = argument.word;
	call.report(
		"E0403",
		{ name, wanted, parameter: "the first argument", found },
		{ span: argument.span },
	);
}

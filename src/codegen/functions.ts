// `fn` subprograms: static C functions that all programs may call. A result that lives in memory is written where the
// caller says.

import { cIdentifier } from "../base/c-text.ts";
import type { ProbeFacts } from "../builtins/definition.ts";
import type { IrFunctionCall, TypedFunction } from "../semantic/ir.ts";
import { isScalar } from "../types/scalar.ts";
import { wideType } from "./c-types.ts";
import { memoryOf } from "./expressions/memory.ts";
import { bare, emitScalar } from "./expressions/scalars.ts";
import { FunctionWriter } from "./function-writer.ts";
import { Names } from "./names.ts";
import { originOf } from "./origin.ts";
import type { ScriptWriter } from "./script-writer.ts";
import { emitBlock } from "./statements.ts";
import { declareVariables } from "./variables.ts";

/** A function is the same for all programs, so it knows no probe. */
const noProbe: ProbeFacts = {
	provider: "fn",
	programType: "raw_tp",
	names: [],
	args: undefined,
	retval: undefined,
	func: undefined,
	hasRegisters: false,
};

/** Stack that callers have left for functions. */
const FUNCTION_STACK = 192;

export function emitFunction(script: ScriptWriter, f: TypedFunction): void {
	const frame = {
		stackBytes: FUNCTION_STACK,
		scratchBytes: 0,
		scratchMap: `scratch_${f.symbol}`,
		names: new Names(),
	};
	const w = new FunctionWriter(
		script,
		noProbe,
		frame,
		"function",
		originOf(f.span),
	);
	const parameters = f.parameters.map((slot) => {
		const name = frame.names.fresh(slot.symbol);
		w.declare(slot, name);
		return isScalar(slot.type)
			? `${wideType(slot.type)} ${name}`
			: `char *${name}`;
	});
	const inMemory = !isScalar(f.returns) && f.returns.kind !== "void";
	if (inMemory) parameters.push("char *result");
	declareVariables(w, [f.body]);
	emitBlock(w, f.body);
	w.end();
	const result = isScalar(f.returns) ? wideType(f.returns) : "u64";
	const heading = `static __noinline ${result} ${cIdentifier(f.symbol)}(${parameters.join(", ") || "void"})`;
	script.functions.push({ heading: [heading], body: w.root });
}

function argumentTexts(w: FunctionWriter, e: IrFunctionCall): string[] {
	w.known.forgetAllReads();
	return e.args.map((a) =>
		isScalar(a.type) ? bare(emitScalar(w, a)) : memoryOf(w, a),
	);
}

export function callFunction(w: FunctionWriter, e: IrFunctionCall): string {
	const f = w.script.function(e.symbol);
	const call = `${cIdentifier(e.symbol)}(${argumentTexts(w, e).join(", ")})`;
	return w.local(
		isScalar(f.returns) ? wideType(f.returns) : "u64",
		call,
		"returned",
	);
}

export function callFunctionInto(
	w: FunctionWriter,
	e: IrFunctionCall,
	dest: string,
): void {
	w.line(
		`${cIdentifier(e.symbol)}(${[...argumentTexts(w, e), dest].join(", ")});`,
	);
}

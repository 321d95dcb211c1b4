// `fn` subprograms: static C functions that all programs may call. A result that lives in memory is written where the
// caller says.

import { cIdentifier } from "../base/c-text.ts";
import type { ProbeFacts } from "../builtins/definition.ts";
import type {
	IrFunctionCall,
	TypedFunction,
	VariableSlot,
} from "../semantic/ir.ts";
import { sizeOf } from "../types/layout.ts";
import { isScalar } from "../types/scalar.ts";
import type { Type } from "../types/types.ts";
import { wideType } from "./c-types.ts";
import { changesSlot } from "./effects.ts";
import { memoryOf } from "./expressions/memory.ts";
import { bare, emitScalar } from "./expressions/scalars.ts";
import { FunctionWriter } from "./function-writer.ts";
import { copyMemory } from "./memory-text.ts";
import { Names } from "./names.ts";
import { originOf } from "./origin.ts";
import { Scratch } from "./scratch.ts";
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

/** Writes a function when it is first called, so that C knows it before its callers. */
function ensureFunction(script: ScriptWriter, f: TypedFunction): void {
	if (script.writtenFunctions.has(f.symbol)) return;
	script.writtenFunctions.add(f.symbol);
	const names = new Names();
	names.fresh("result");
	const frame = {
		stackBytes: FUNCTION_STACK + script.stackTaken,
		scratch: new Scratch(f.symbol, script.scratch),
		names,
	};
	const origin = originOf(f.span);
	const w = new FunctionWriter(script, noProbe, frame, "function", origin);
	const parameters = f.parameters.map((slot) => declareParameter(w, f, slot));
	if (livesInMemory(f.returns)) parameters.push("char *result");
	declareVariables(w, [f.body]);
	emitBlock(w, f.body);
	w.end();
	if (w.usesContext) {
		script.contextFunctions.add(f.symbol);
		parameters.unshift("void *ctx");
	}
	const result = isScalar(f.returns) ? wideType(f.returns) : "u64";
	const heading = `static __noinline ${result} ${cIdentifier(f.symbol)}(${parameters.join(", ") || "void"})`;
	script.functions.push({ heading: [heading], body: w.root });
}

function livesInMemory(type: Type): boolean {
	return !isScalar(type) && type.kind !== "void";
}

/** What a function does to a parameter stays in the function. */
function declareParameter(
	w: FunctionWriter,
	f: TypedFunction,
	slot: VariableSlot,
): string {
	const name = w.names.fresh(slot.symbol);
	if (isScalar(slot.type)) {
		w.declare(slot, name);
		return `${wideType(slot.type)} ${name}`;
	}
	if (changesSlot(f.body, slot)) {
		const own = w.buffer(sizeOf(slot.type), slot.symbol);
		copyMemory(w, own, name, sizeOf(slot.type));
		w.declare(slot, own);
	} else w.declare(slot, name);
	return `char *${name}`;
}

/** The call's text; `dest` is where a result goes that lives in memory. */
function callText(
	w: FunctionWriter,
	e: IrFunctionCall,
	f: TypedFunction,
	dest?: string,
): string {
	ensureFunction(w.script, f);
	w.known.forgetAllReads();
	const values = e.args.map((a) =>
		isScalar(a.type) ? bare(emitScalar(w, a)) : memoryOf(w, a),
	);
	const context = w.script.contextFunctions.has(f.symbol) ? [w.context] : [];
	const all = [...context, ...values, ...(dest === undefined ? [] : [dest])];
	return `${cIdentifier(f.symbol)}(${all.join(", ")})`;
}

export function callFunction(w: FunctionWriter, e: IrFunctionCall): string {
	const f = w.script.function(e.symbol);
	const cType = isScalar(f.returns) ? wideType(f.returns) : "u64";
	return w.local(cType, callText(w, e, f), "returned");
}

export function callFunctionInto(
	w: FunctionWriter,
	e: IrFunctionCall,
	dest: string,
): void {
	w.line(`${callText(w, e, w.script.function(e.symbol), dest)};`);
}

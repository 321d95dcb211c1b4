// One BPF program: the `-p` filter and the predicate first, then the body.

import { cIdentifier, cString } from "../base/c-text.ts";
import { highHalf, pidAndTid } from "../builtins/current-ids.ts";
import { emitRunFact } from "../builtins/run-fact.ts";
import type { TypedProgram, TypedScript } from "../semantic/ir.ts";
import { endsRun } from "./effects.ts";
import { emitScalar, negated } from "./expressions/scalars.ts";
import { FunctionWriter } from "./function-writer.ts";
import { Names } from "./names.ts";
import { originOf } from "./origin.ts";
import { printsLittle } from "./ring-size.ts";
import { Scratch } from "./scratch.ts";
import type { ScriptWriter } from "./script-writer.ts";
import { emitBlock } from "./statements.ts";
import { requireCall } from "./system-calls.ts";
import { declareVariables } from "./variables.ts";

export function emitProgram(script: ScriptWriter, program: TypedProgram): void {
	const symbol = cIdentifier(program.symbol);
	const frame = {
		stackBytes: script.stackTaken,
		scratch: new Scratch(symbol, script.scratch),
		names: new Names(),
	};
	const events = script.events.length;
	const w = new FunctionWriter(
		script,
		program.facts,
		frame,
		"program",
		originOf(program.span),
	);
	if (program.facts.call) requireCall(w, program.facts.call, symbol);
	if (program.onlyPid !== undefined) filterByPid(w, program.onlyPid);
	if (program.facts.programType === "iter") requireObjects(w);
	if (mayTickAfterEnd(program, script.script)) leaveWhenEnded(w);
	declareVariables(w, [program.predicate, program.body]);
	if (program.predicate) {
		w.origin = originOf(program.predicate.span);
		const holds = emitScalar(w, program.predicate);
		w.line(`if (${negated(holds)})`);
		w.line("\treturn 0;");
		w.line("");
		w.origin = originOf(program.span);
	}
	emitBlock(w, program.body);
	w.end();
	if (script.events.length > events && !printsLittle(program))
		script.printsMuch = true;
	const heading = [
		`SEC(${cString(program.section)})`,
		`int ${symbol}(void *ctx)`,
	];
	script.functions.push({ heading, body: w.root });
}

/**
 * An iterator runs once more after its last object, with none. The verifier lets a pointer be followed only where that
 * very load of it was checked, so each is loaded once, here.
 */
function requireObjects(w: FunctionWriter): void {
	const { args } = w.probe;
	if (args?.kind !== "pointer" || args.to.kind !== "struct") return;
	for (const { name, type, offset } of w.script.types.members(args.to)) {
		if (type.kind !== "pointer") continue;
		const address = `(${w.context} + ${offset})`;
		const object = w.local("u64", `*(u64 *)${address}`, name);
		w.line(`if (!${object})`);
		w.line("\treturn 0;");
		w.fields.set(address, { number: object, align: 8 });
	}
}

/**
 * A timer that ends the run often tidies up before, and may tick again before the run time has heard of it. Events of
 * the kernel's and of programs are counted until then, as bpftrace does.
 */
function mayTickAfterEnd(
	{ attach, body }: TypedProgram,
	{ functions }: TypedScript,
): boolean {
	const ticks = attach.some(
		({ target: { kind } }) => kind === "interval" || kind === "profile",
	);
	return ticks && endsRun(body, functions);
}

function leaveWhenEnded(w: FunctionWriter): void {
	const ended = emitRunFact(w, "ended");
	w.line(`if (${ended})`);
	w.line("\treturn 0;");
}

function filterByPid(w: FunctionWriter, pid: number): void {
	w.line(`if (${highHalf(pidAndTid(w))} != ${pid})`);
	w.line("\treturn 0;");
}

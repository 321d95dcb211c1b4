// Statements, one writer per kind.
import type { IrBlock, IrExpr, IrStatement } from "../semantic/ir.ts";
import { sizeOf } from "../types/layout.ts";
import { isScalar } from "../types/scalar.ts";
import { emitAggregate } from "./aggregates.ts";
import { changesState, mentions } from "./effects.ts";
import { memoryOf } from "./expressions/memory.ts";
import { bare, emitBranches, emitScalar } from "./expressions/scalars.ts";
import { emitInto } from "./expressions/values.ts";
import type { FunctionWriter } from "./function-writer.ts";
import { emitForMap, emitForRange, emitUnroll, emitWhile } from "./loops.ts";
import { emitUpdate, setMap } from "./map-updates.ts";
import { copyMemory, zeroMemory } from "./memory-text.ts";
import { originOf } from "./origin.ts";

/** The statement of that kind; `break` and `continue` share one. */
type Of<K, S = IrStatement> = S extends { readonly kind: infer Kinds }
	? K extends Kinds
		? S
		: never
	: never;
type StatementTable = {
	readonly [K in IrStatement["kind"]]: (w: FunctionWriter, s: Of<K>) => void;
};

const table: StatementTable = {
	expression: (w, s) => discard(w, s.expression),
	declare: emitDeclare,
	"set-variable": setVariable,
	"set-map": setMap,
	aggregate: emitAggregate,
	if: emitIf,
	while: emitWhile,
	unroll: emitUnroll,
	"for-range": emitForRange,
	"for-map": emitForMap,
	return: emitReturn,
	break: emitJump,
	continue: emitJump,
	block: (w, s) => emitBlock(w, s.block),
};

/** Statements beyond which each gets braces, so that what one has on the stack makes room for the next one's. */
const MANY_STATEMENTS = 12;
/** Kinds that declare no variable of the script, only temporaries. */
const transient = new Set<IrStatement["kind"]>([
	"expression",
	"set-map",
	"aggregate",
]);

export function emitBlock(w: FunctionWriter, block: IrBlock): void {
	const few = w.script.stackTaken > 0 ? 1 : MANY_STATEMENTS;
	const many = block.statements.length > few;
	for (const statement of block.statements) {
		if (many && transient.has(statement.kind)) {
			const before = w.frame.stackBytes;
			w.block("", () => emitStatement(w, statement));
			w.frame.stackBytes = before;
		} else emitStatement(w, statement);
	}
}

function emitStatement(w: FunctionWriter, s: IrStatement): void {
	const before = w.origin;
	w.origin = originOf(s.span);
	// The table pairs each kind with its own writer; TypeScript can't see that across the look-up.
	const emit = table[s.kind] as (w: FunctionWriter, s: IrStatement) => void;
	emit(w, s);
	w.origin = before;
}

/** For its effects alone. */
function discard(w: FunctionWriter, e: IrExpr): void {
	switch (e.kind) {
		case "update":
			emitUpdate(w, e, false);
			return;
		case "call":
			discardCall(w, e);
			return;
		case "block-expression":
			emitBlock(w, e.block);
			if (e.value) discard(w, e.value);
			return;
		case "ternary":
			emitBranches(
				w,
				emitScalar(w, e.condition),
				() => discard(w, e.then),
				() => discard(w, e.else),
			);
			return;
		default:
			if (changesState(e)) discardValue(w, e);
	}
}

function discardCall(
	w: FunctionWriter,
	e: Extract<IrExpr, { kind: "call" }>,
): void {
	const { builtin, args, type, span, callers } = e;
	if (builtin.emitStatement) {
		const { probe } = w;
		builtin.emitStatement(w, { args, type, span, callers, probe });
	} else if (changesState(e)) discardValue(w, e);
}

function discardValue(w: FunctionWriter, e: IrExpr): void {
	if (!isScalar(e.type) && e.type.kind !== "void") {
		memoryOf(w, e);
		return;
	}
	const text = emitScalar(w, e);
	// A name or a number does nothing by itself.
	if (!/^[\w>.-]+$/.test(text)) w.line(`(void)${text};`);
}

function emitDeclare(w: FunctionWriter, s: Of<"declare">): void {
	const text = w.variable(s.slot);
	if (isScalar(s.slot.type)) w.line(`${text} = 0;`);
	else zeroMemory(w, text, sizeOf(s.slot.type));
}

function setVariable(w: FunctionWriter, s: Of<"set-variable">): void {
	const text = w.variable(s.slot);
	if (isScalar(s.slot.type))
		w.line(`${text} = ${bare(emitScalar(w, s.value))};`);
	// What is made of the old value must not be written over it while it is made.
	else if (mentions(s.value, s.slot))
		copyMemory(w, text, memoryOf(w, s.value), sizeOf(s.slot.type));
	else emitInto(w, s.value, text);
}

function emitIf(w: FunctionWriter, s: Of<"if">): void {
	const otherwise = s.else;
	emitBranches(
		w,
		emitScalar(w, s.condition),
		() => emitBlock(w, s.then),
		otherwise && (() => emitBlock(w, otherwise)),
	);
}

function emitReturn(w: FunctionWriter, s: Of<"return">): void {
	// What other programs return means something to the kernel.
	const own = w.returnStyle === "program" && w.probe.programType === "raw_tp";
	if ((w.returnStyle !== "function" && !own) || !s.value) {
		w.leave();
		return;
	}
	if (isScalar(s.value.type)) {
		w.line(`return ${bare(emitScalar(w, s.value))};`);
		return;
	}
	emitInto(w, s.value, "result");
	w.line("return 0;");
}

function emitJump(w: FunctionWriter, s: Of<"break">): void {
	const loop = w.loops.at(-1);
	if (!loop) throw new Error(`E0927: ${s.kind} outside a loop`);
	w.line(s.kind === "break" ? loop.onBreak : loop.onContinue);
}

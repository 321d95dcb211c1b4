// Writing the value of any expression to memory: exactly the bytes of its type, padding zeroed, since keys are compared
// byte by byte. With `loose` the bytes after a string's NUL may be anything: nobody compares what is only printed.
import type {
	IrBlockExpr,
	IrCall,
	IrExpr,
	IrFunctionCall,
	IrString,
	IrTernary,
	IrTuple,
} from "../../semantic/ir.ts";
import { layOut, sizeOf } from "../../types/layout.ts";
import { isScalar } from "../../types/scalar.ts";
import type { Type } from "../../types/types.ts";
import { storedType } from "../c-types.ts";
import { changesState } from "../effects.ts";
import type { FunctionWriter } from "../function-writer.ts";
import { callFunctionInto } from "../functions.ts";
import { readMapInto } from "../map-reads.ts";
import { copyMemory, memoryAt, storeText, zeroMemory } from "../memory-text.ts";
import { readSpan } from "../origin.ts";
import { readPlaceInto } from "../places.ts";
import { emitBlock } from "../statements.ts";
import { convertInto } from "./conversions.ts";
import { bare, emitBranches, emitScalar } from "./scalars.ts";

type Of<K> = Extract<IrExpr, { kind: K }>;
type Into<E> = (w: FunctionWriter, e: E, dest: string, loose: boolean) => void;
type IntoTable = { readonly [K in IrExpr["kind"]]: Into<Of<K>> };

const table: IntoTable = {
	integer: storeScalar,
	boolean: storeScalar,
	string: intoString,
	variable: (w, e, dest) =>
		copyMemory(w, dest, w.variable(e.slot), sizeOf(e.type)),
	"map-read": readMapInto,
	"map-reference": noValue,
	word: noValue,
	call: callInto,
	"function-call": (w, e: IrFunctionCall, dest) => callFunctionInto(w, e, dest),
	"library-call": storeScalar,
	unary: storeScalar,
	binary: storeScalar,
	logical: storeScalar,
	"compare-memory": storeScalar,
	ternary: ternaryInto,
	convert: convertInto,
	place: readPlaceInto,
	"address-of": storeScalar,
	tuple: tupleInto,
	update: storeScalar,
	"block-expression": blockInto,
};

export function emitInto(
	w: FunctionWriter,
	e: IrExpr,
	dest: string,
	loose = false,
): void {
	if (isScalar(e.type) || e.type.kind === "void") {
		storeScalar(w, e, dest);
		return;
	}
	// The table pairs each kind with its own emitter; TypeScript can't see that across the look-up.
	const emit = table[e.kind] as Into<IrExpr>;
	const outer = w.span;
	w.span = readSpan(e);
	emit(w, e, dest, loose);
	w.span = outer;
}

function noValue(_: FunctionWriter, e: IrExpr): void {
	throw new Error(`E0926: ${e.kind} has no value`);
}

function storeScalar(w: FunctionWriter, e: IrExpr, dest: string): void {
	storeNumber(w, dest, e.type, emitScalar(w, e));
}

/** Assigns to the field where `dest` is one, else through a pointer. */
export function storeNumber(
	w: FunctionWriter,
	dest: string,
	type: Type,
	text: string,
): void {
	const target =
		w.fields.get(dest)?.number ?? `*(${storedType(type)} *)${dest}`;
	w.line(`${target} = ${bare(text)};`);
}

function intoString(w: FunctionWriter, e: IrString, dest: string): void {
	if (e.type.kind === "string") storeText(w, dest, e.constant, e.type);
}

export function isSteady(e: IrExpr): e is IrCall {
	return e.kind === "call" && e.builtin.steady === true && e.args.length === 0;
}

function callInto(
	w: FunctionWriter,
	e: IrCall,
	dest: string,
	loose: boolean,
): void {
	const { builtin, args, type, span } = e;
	const known = isSteady(e) ? w.steady(builtin.name) : undefined;
	if (known !== undefined) {
		copyMemory(w, dest, known, sizeOf(type));
		return;
	}
	if (!builtin.emitInto)
		throw new Error(`E0926: ${builtin.name} gives no value`);
	builtin.emitInto(w, { args, type, span, probe: w.probe, loose }, dest);
}

function ternaryInto(
	w: FunctionWriter,
	e: IrTernary,
	dest: string,
	loose: boolean,
): void {
	emitBranches(
		w,
		emitScalar(w, e.condition),
		() => emitInto(w, e.then, dest, loose),
		() => emitInto(w, e.else, dest, loose),
	);
}

function blockInto(
	w: FunctionWriter,
	e: IrBlockExpr,
	dest: string,
	loose: boolean,
): void {
	emitBlock(w, e.block);
	if (e.value) emitInto(w, e.value, dest, loose);
}

/** Elements one after the other, and zeros in the gaps between them. */
export function tupleInto(
	w: FunctionWriter,
	e: IrTuple,
	dest: string,
	loose: boolean,
): void {
	const { elements } = e;
	const { offsets, size } = layOut(elements.map((element) => element.type));
	let end = 0;
	for (const [i, element] of elements.entries()) {
		const offset = offsets[i] ?? 0;
		if (offset > end) zeroMemory(w, memoryAt(dest, end), offset - end);
		const spill =
			element.constant === undefined &&
			elements.slice(i + 1).some(changesState);
		if (spill && isScalar(element.type)) {
			storeNumber(
				w,
				memoryAt(dest, offset),
				element.type,
				w.temporary(element),
			);
		} else emitInto(w, element, memoryAt(dest, offset), loose);
		end = offset + sizeOf(element.type);
	}
	if (size > end) zeroMemory(w, memoryAt(dest, end), size - end);
}

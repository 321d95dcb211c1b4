// Values of one type written to memory as another: cut or padded, element by element where there are elements.
import type { IrConvert, IrExpr, IrTuple } from "../../semantic/ir.ts";
import { layOut, sizeOf } from "../../types/layout.ts";
import { isScalar } from "../../types/scalar.ts";
import type { Type } from "../../types/types.ts";
import { storedType } from "../c-types.ts";
import type { FunctionWriter } from "../function-writer.ts";
import { copyMemory, memoryAt, zeroMemory, zeroTail } from "../memory-text.ts";
import { memoryOf } from "./memory.ts";
import { emitScalar } from "./scalars.ts";
import { emitInto, storeNumber, tupleInto } from "./values.ts";

export function convertInto(
	w: FunctionWriter,
	e: IrConvert,
	dest: string,
	loose: boolean,
): void {
	const from = e.operand.type;
	const to = e.type;
	if (isScalar(from)) {
		numberAsBytes(w, e, dest);
		return;
	}
	if (
		(from.kind === "tuple" || from.kind === "record") &&
		(to.kind === "tuple" || to.kind === "record")
	) {
		convertElements(w, e, dest, loose);
		return;
	}
	const operand = sizeOf(from);
	const size = sizeOf(to);
	if (operand <= size && from.kind === to.kind && from.kind !== "buffer") {
		emitInto(w, e.operand, dest, loose);
		if (!loose || from.kind !== "string")
			zeroTail(w, dest, operand, size - operand);
		else if (size > operand) zeroMemory(w, memoryAt(dest, operand), 1);
		return;
	}
	copyBytes(w, memoryOf(w, e.operand), from, dest, to);
}

/** Bytes as they are, cut or padded; strings keep their NUL. */
function copyBytes(
	w: FunctionWriter,
	from: string,
	fromType: Type,
	dest: string,
	to: Type,
): void {
	const size = sizeOf(to);
	const shared = Math.min(sizeOf(fromType), size);
	copyMemory(w, dest, from, shared);
	zeroTail(w, dest, shared, size - shared);
	if (to.kind === "string" && sizeOf(fromType) >= size)
		w.line(`${indexed(dest, size - 1)} = 0;`);
}

function indexed(text: string, at: number): string {
	return `${/^[\w>.-]+$/.test(text) ? text : `(${text})`}[${at}]`;
}

function numberAsBytes(w: FunctionWriter, e: IrConvert, dest: string): void {
	const from = e.operand.type;
	const number = w.addressed(
		storedType(from),
		emitScalar(w, e.operand),
		"number",
	);
	const shared = Math.min(sizeOf(from), sizeOf(e.type));
	w.line(`__builtin_memcpy(${dest}, &${number}, ${shared});`);
	zeroTail(w, dest, shared, sizeOf(e.type) - shared);
}

/** A tuple made on the spot, with each element converted; undefined for any other conversion. */
export function elementwise(e: IrConvert): IrTuple | undefined {
	const { operand, type } = e;
	if (operand.kind !== "tuple") return undefined;
	const types = elementTypes(type);
	if (types.length !== operand.elements.length) return undefined;
	const order = elementOrder(operand.type, type);
	if (order.some((from, i) => from !== i)) return undefined;
	const elements = operand.elements.map((element, i) =>
		converted(element, types[i] ?? element.type),
	);
	return { kind: "tuple", elements, type, span: e.span };
}

/** A tuple into a tuple of other element types, a record into one with other field order. */
function convertElements(
	w: FunctionWriter,
	e: IrConvert,
	dest: string,
	loose: boolean,
): void {
	const tuple = elementwise(e);
	if (tuple) {
		tupleInto(w, tuple, dest, loose);
		return;
	}
	const operand = e.operand;
	convertMemory(w, memoryOf(w, operand, loose), operand.type, dest, e.type);
}

function convertMemory(
	w: FunctionWriter,
	from: string,
	fromType: Type,
	dest: string,
	to: Type,
): void {
	if (isScalar(to) && isScalar(fromType)) {
		storeNumber(w, dest, to, `*(${storedType(fromType)} *)${from}`);
		return;
	}
	if (to.kind !== "tuple" && to.kind !== "record") {
		copyBytes(w, from, fromType, dest, to);
		return;
	}
	const sources = elementTypes(fromType);
	const goals = elementTypes(to);
	const order = elementOrder(fromType, to);
	const there = layOut(sources).offsets;
	const { offsets, size } = layOut(goals);
	let end = 0;
	for (const [i, type] of goals.entries()) {
		const offset = offsets[i] ?? 0;
		const source = order[i] ?? i;
		if (offset > end) zeroMemory(w, memoryAt(dest, end), offset - end);
		convertMemory(
			w,
			memoryAt(from, there[source] ?? 0),
			sources[source] ?? type,
			memoryAt(dest, offset),
			type,
		);
		end = offset + sizeOf(type);
	}
	if (size > end) zeroMemory(w, memoryAt(dest, end), size - end);
}

function converted(e: IrExpr, type: Type): IrExpr {
	if (JSON.stringify(e.type) === JSON.stringify(type)) return e;
	return { kind: "convert", operand: e, type, span: e.span };
}

function elementTypes(type: Type): readonly Type[] {
	if (type.kind === "tuple") return type.elements;
	return type.kind === "record" ? type.fields.map((f) => f.type) : [];
}

/** For each element of `to` the number of the element of `from` that goes there. */
function elementOrder(from: Type, to: Type): readonly number[] {
	if (from.kind !== "record" || to.kind !== "record")
		return elementTypes(to).map((_, i) => i);
	return to.fields.map((f) => from.fields.findIndex((g) => g.name === f.name));
}

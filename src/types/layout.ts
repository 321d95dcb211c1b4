// Byte layouts: sizes, alignments and offsets of every type as it stands in map keys, map values and events.
import type { IntType, Type } from "./types.ts";

/** Bytes a value takes. Aggregates are laid out by their builtin, not here. */
export function sizeOf(type: Type): number {
	switch (type.kind) {
		case "bool":
			return 1;
		case "void":
			return 0;
		case "int":
		case "enum":
		case "struct":
		case "union":
		case "string":
		case "opaque":
			return type.size;
		case "buffer":
			return 4 + type.size;
		case "pointer":
		case "aggregate":
			return 8;
		case "array":
			return sizeOf(type.of) * type.count;
		case "tuple":
			return layOut(type.elements).size;
		case "record":
			return layOut(type.fields.map((f) => f.type)).size;
	}
}

/** Natural alignment in bytes. */
export function alignOf(type: Type): number {
	switch (type.kind) {
		case "bool":
		case "void":
		case "string":
			return 1;
		case "int":
		case "enum":
			return type.size;
		case "opaque":
			return type.align;
		case "buffer":
			return 4;
		case "pointer":
		case "aggregate":
			return 8;
		case "struct":
		case "union":
			return type.align ?? 8;
		case "array":
			return alignOf(type.of);
		case "tuple":
			return layOut(type.elements).align;
		case "record":
			return layOut(type.fields.map((f) => f.type)).align;
	}
}

/** Offsets of elements laid out one after the other as C does, size rounded up to the alignment. */
export interface SequenceLayout {
	readonly offsets: readonly number[];
	readonly size: number;
	readonly align: number;
}

export function layOut(types: readonly Type[]): SequenceLayout {
	const offsets: number[] = [];
	let end = 0;
	let align = 1;
	for (const type of types) {
		const a = alignOf(type);
		align = Math.max(align, a);
		end = roundUp(end, a);
		offsets.push(end);
		end += sizeOf(type);
	}
	return { offsets, size: roundUp(end, align), align };
}

export function roundUp(value: number, to: number): number {
	return Math.ceil(value / to) * to;
}

/** The smallest signed or unsigned integer type that holds `value`. */
export function integerTypeFor(value: bigint, signed: boolean): IntType {
	for (const size of [1, 2, 4, 8] as const) {
		const bits = BigInt(size * 8);
		const fits = signed
			? BigInt.asIntN(Number(bits), value) === value
			: BigInt.asUintN(Number(bits), value) === value;
		if (fits) return { kind: "int", size, signed };
	}
	return { kind: "int", size: 8, signed: false };
}

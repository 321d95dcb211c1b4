// The `format` file that tracefs has for every tracepoint, read into the members of `args`.
import { readTypeName } from "./c-type-name.ts";
import { roundUp, sizeOf } from "./layout.ts";
import type { TypeSource } from "./type-source.ts";
import {
	intType,
	type Member,
	pointerTo,
	type StructBody,
	type Type,
	uint8,
	voidType,
} from "./types.ts";

const fieldLine =
	/^\s*field:(?<declaration>.*?);\s*offset:(?<offset>\d+);\s*size:(?<size>\d+);(?:\s*signed:(?<signed>[01]);)?/;
const dynamic =
	/^(?<place>__data_loc|__rel_loc)\s+(?<type>.*?)\s*(?:\[\])?\s+(?<name>\w+)$/;
const plain = /^(?<type>.*?[\s*])(?<name>\w+)(?<array>\[.*\])?$/;

const HEAD_BYTES = 8;

/** Reads a format file. Types unknown to `source` stand as integers of the size that the file says. */
export function readTracepointFormat(
	category: string,
	event: string,
	text: string,
	source: TypeSource | undefined,
): StructBody {
	// System calls take what a process hands them; all other tracepoints speak of the kernel's own memory.
	const space = category === "syscalls" ? "user" : "kernel";
	const members: Member[] = [];
	let end = 0;
	for (const line of text.split("\n")) {
		const field = fieldLine.exec(line)?.groups;
		if (field?.declaration === undefined) continue;
		const slot = {
			offset: Number(field.offset),
			size: Number(field.size),
			signed: field.signed === "1",
			space,
		} as const;
		const member = readField(field.declaration.trim(), slot, source);
		// The first eight bytes, the record's head, are not for BPF programs to read.
		if (member && slot.offset >= HEAD_BYTES) members.push(member);
		end = Math.max(end, slot.offset + slot.size);
	}
	const name = `_tracepoint_${category}_${event}`.replace(/\W/g, "_");
	const origin = `tracepoint:${category}:${event}`;
	return {
		type: { kind: "struct", name, origin, size: roundUp(end, 8) },
		members,
	};
}

interface Slot {
	readonly offset: number;
	readonly size: number;
	readonly signed: boolean;
	readonly space: "user" | "kernel";
}

function readField(
	declaration: string,
	slot: Slot,
	source: TypeSource | undefined,
): Member | undefined {
	const located = dynamic.exec(declaration)?.groups;
	if (located?.name !== undefined && located.type !== undefined) {
		// Its bytes follow the record, which is the kernel's.
		const to = readTypeName(located.type, source) ?? voidType;
		return {
			name: located.name,
			type: pointerTo(to),
			offset: slot.offset,
			dataLoc: located.place === "__rel_loc" ? "relative" : "absolute",
		};
	}
	const field = plain.exec(declaration)?.groups;
	if (field?.name === undefined || field.type === undefined) return undefined;
	const named = readTypeName(field.type, source, slot.space);
	const type = field.array
		? arrayIn(slot, named, field.array)
		: declaredType(named, slot);
	return { name: field.name, type, offset: slot.offset };
}

/**
 * The declared type where it fits. System call arguments stand in eight bytes each, of which, as for the kernel
 * itself, only those of the declared type count (little-endian: the first ones).
 */
function declaredType(named: Type | undefined, slot: Slot): Type {
	if (named && named.kind !== "void" && sizeOf(named) <= slot.size) {
		return named;
	}
	return plainBytes(slot.size, slot.signed);
}

function plainBytes(size: number, signed: boolean): Type {
	if (size === 1 || size === 2 || size === 4 || size === 8) {
		return intType(size, signed);
	}
	return { kind: "array", of: uint8, count: size };
}

/** `[4]`, `[6][2]`; a length that is no number follows from the sizes. */
function arrayIn(slot: Slot, named: Type | undefined, suffix: string): Type {
	const counts = [...suffix.matchAll(/\[(.*?)\]/g)].map((m) => Number(m[1]));
	const whole = counts.reduce((product, n) => product * n, 1);
	const size = named ? sizeOf(named) : slot.size / whole;
	if (!Number.isInteger(size) || size === 0) {
		return { kind: "array", of: uint8, count: slot.size };
	}
	const of = named ?? plainBytes(size, slot.signed);
	if (whole * size !== slot.size) {
		return { kind: "array", of, count: Math.floor(slot.size / size) };
	}
	return counts.reduceRight<Type>(
		(inner, count) => ({ kind: "array", of: inner, count }),
		of,
	);
}
